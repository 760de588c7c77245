package io.tidewatch.local.engine;

import com.sun.jna.Pointer;
import java.io.IOException;
import java.io.OutputStream;

/** The formatted answer to one query, in the engine's memory until closed. */
final class ChdbResult implements AutoCloseable {

  private static final int CHUNK = 1 << 20;

  private final ChdbApi api;
  private final Pointer handle;

  private ChdbResult(ChdbApi api, Pointer handle) {
    this.api = api;
    this.handle = handle;
  }

  /** Takes over the handle; an answer that is an error is freed and thrown. */
  static ChdbResult of(ChdbApi api, Pointer handle) {
    ChdbResult result = new ChdbResult(api, handle);
    Pointer error = api.chdb_result_error(handle);
    if (error == null) {
      return result;
    }
    try (result) {
      throw new EngineException(error.getString(0, "UTF-8"));
    }
  }

  long length() {
    return api.chdb_result_length(handle);
  }

  /** What ClickHouse says of a query in the header {@code X-ClickHouse-Summary}. */
  String summary() {
    return """
        {"read_rows":"%d","read_bytes":"%d","written_rows":"%d","written_bytes":"%d",\
        "total_rows_to_read":"0","result_rows":"0","result_bytes":"%d","elapsed_ns":"%d"}"""
        .formatted(
            api.chdb_result_storage_rows_read(handle),
            api.chdb_result_storage_bytes_read(handle),
            api.chdb_result_rows_written(handle),
            api.chdb_result_bytes_written(handle),
            length(),
            (long) (api.chdb_result_elapsed(handle) * 1e9));
  }

  void writeTo(OutputStream out) throws IOException {
    long length = length();
    Pointer data = api.chdb_result_buffer(handle);
    byte[] chunk = new byte[(int) Math.min(length, CHUNK)];
    for (long position = 0; position < length; position += chunk.length) {
      int size = (int) Math.min(chunk.length, length - position);
      data.read(position, chunk, 0, size);
      out.write(chunk, 0, size);
    }
  }

  @Override
  public void close() {
    api.chdb_destroy_query_result(handle);
  }
}
