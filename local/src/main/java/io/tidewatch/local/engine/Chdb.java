package io.tidewatch.local.engine;

import com.sun.jna.Native;
import com.sun.jna.Pointer;
import com.sun.jna.StringArray;
import java.nio.file.Path;
import java.util.Map;

/** The ClickHouse engine loaded into this process, on one data directory. */
final class Chdb {

  private final ChdbApi api;
  private final Path dataPath;

  private Chdb(ChdbApi api, Path dataPath) {
    this.api = api;
    this.dataPath = dataPath;
  }

  /** Loads the library; nothing is opened before {@link #connect()}. */
  static Chdb load(Path library, Path dataPath) {
    ChdbApi api =
        Native.load(
            library.toString(), ChdbApi.class, Map.of(ChdbApi.OPTION_STRING_ENCODING, "UTF-8"));
    api.chdb_set_signal_handlers_enabled(0);
    return new Chdb(api, dataPath);
  }

  /**
   * A connection with settings and a current database of its own; it runs one query at a time.
   *
   * @throws EngineException where the data directory cannot be opened
   */
  ChdbConnection connect() {
    String[] arguments = {"clickhouse", "--path=" + dataPath};
    Pointer handle = api.chdb_connect(arguments.length, new StringArray(arguments));
    if (handle == null) {
      throw new EngineException("Code: 76. DB::Exception: cannot open " + dataPath);
    }
    return new ChdbConnection(api, handle);
  }

  String version() {
    return api.chdb_version().getString(0);
  }
}
