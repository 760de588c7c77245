package io.tidewatch.local.engine;

import com.sun.jna.Library;
import com.sun.jna.Pointer;
import com.sun.jna.StringArray;

/** The functions of libchdb that the engine calls, under their C names. */
interface ChdbApi extends Library {

  /** With 0 the library leaves the JVM's signal handlers alone; to be called before connecting. */
  void chdb_set_signal_handlers_enabled(int enabled);

  Pointer chdb_version();

  /** Null where the data directory cannot be opened. */
  Pointer chdb_connect(int argumentCount, StringArray arguments);

  void chdb_close_conn(Pointer connection);

  Pointer chdb_query_n(
      Pointer session, byte[] query, long queryLength, byte[] format, long formatLength);

  Pointer chdb_stream_insert_n(
      Pointer session, byte[] query, long queryLength, byte[] format, long formatLength);

  Pointer chdb_stream_insert_error(Pointer stream);

  int chdb_stream_append(Pointer stream, Pointer data, long length);

  Pointer chdb_stream_done(Pointer stream);

  void chdb_destroy_insert_stream(Pointer stream);

  Pointer chdb_result_error(Pointer result);

  Pointer chdb_result_buffer(Pointer result);

  long chdb_result_length(Pointer result);

  long chdb_result_storage_rows_read(Pointer result);

  long chdb_result_storage_bytes_read(Pointer result);

  long chdb_result_rows_written(Pointer result);

  long chdb_result_bytes_written(Pointer result);

  double chdb_result_elapsed(Pointer result);

  void chdb_destroy_query_result(Pointer result);
}
