package io.tidewatch.local.stack;

import io.tidewatch.config.ConfigurationException;
import io.tidewatch.job.TidewatchSettings;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** The configuration as commands on one machine read it. */
public final class LocalConfiguration {

  /** What only a running stack knows. No one answers at these addresses. */
  private static final Map<String, String> UNKNOWN =
      Map.of(
          "KAFKA_BOOTSTRAP", "127.0.0.1:1",
          "CLICKHOUSE_URL", "http://127.0.0.1:1",
          "TIDEWATCH_PSEUDONYM_KEY", "unknown");

  private LocalConfiguration() {}

  /**
   * Reads and checks everything, before a stack is up or without one.
   *
   * @param conf the folder with {@code tidewatch.yaml}
   * @throws ConfigurationException naming all problems of all files
   */
  public static TidewatchSettings read(Path conf, Map<String, String> environment) {
    Map<String, String> all = new HashMap<>(UNKNOWN);
    all.putAll(environment);
    return TidewatchSettings.load(conf.resolve("tidewatch.yaml"), all);
  }
}
