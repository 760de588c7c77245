package io.tidewatch.local.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;

/** One connection to the engine; not for use by two threads at once. */
final class ChdbConnection implements AutoCloseable {

  private static final int CHUNK = 4 << 20;

  private final ChdbApi api;
  private final Pointer handle;

  ChdbConnection(ChdbApi api, Pointer handle) {
    this.api = api;
    this.handle = handle;
  }

  /**
   * Runs a statement that carries no data.
   *
   * @throws EngineException where ClickHouse refuses it
   */
  ChdbResult query(byte[] statement, String format) {
    byte[] formatName = format.getBytes(UTF_8);
    return ChdbResult.of(
        api,
        api.chdb_query_n(session(), statement, statement.length, formatName, formatName.length));
  }

  /** Runs a statement whose answer does not matter. */
  void execute(String statement) {
    query(statement.getBytes(UTF_8), "Null").close();
  }

  /**
   * Inserts the data of a statement as a stream: the plain query function would end at the first
   * blank line inside a value.
   *
   * @throws EngineException where ClickHouse refuses it
   */
  ChdbResult insert(InsertStatement insert) {
    byte[] head = insert.head();
    byte[] format = insert.format().getBytes(UTF_8);
    Pointer stream = api.chdb_stream_insert_n(session(), head, head.length, format, format.length);
    try {
      checkInsert(stream);
      append(stream, insert);
      return ChdbResult.of(api, api.chdb_stream_done(stream));
    } finally {
      api.chdb_destroy_insert_stream(stream);
    }
  }

  private void append(Pointer stream, InsertStatement insert) {
    try (Memory chunk = new Memory(Math.max(1, Math.min(CHUNK, insert.dataLength())))) {
      for (int offset = 0; offset < insert.dataLength(); offset += CHUNK) {
        int size = Math.min(CHUNK, insert.dataLength() - offset);
        chunk.write(0, insert.statement(), insert.dataStart() + offset, size);
        if (api.chdb_stream_append(stream, chunk, size) != 0) {
          checkInsert(stream);
          throw new EngineException("DB::Exception: the engine took only a part of the insert");
        }
      }
    }
  }

  private void checkInsert(Pointer stream) {
    Pointer error = api.chdb_stream_insert_error(stream);
    if (error != null) {
      throw new EngineException(error.getString(0, "UTF-8"));
    }
  }

  private Pointer session() {
    return handle.getPointer(0);
  }

  @Override
  public void close() {
    api.chdb_close_conn(handle);
  }
}
