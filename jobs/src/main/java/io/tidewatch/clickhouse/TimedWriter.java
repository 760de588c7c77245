package io.tidewatch.clickhouse;

import java.io.IOException;
import java.time.Duration;
import org.apache.flink.api.common.operators.ProcessingTimeService;
import org.apache.flink.api.connector.sink2.SinkWriter;

/** Flushes a writer at the latest one interval after a row came, in the task's own thread. */
final class TimedWriter<T> implements SinkWriter<T> {

  private final SinkWriter<T> writer;
  private final PatientConnections connections;
  private final ProcessingTimeService clock;
  private final Duration interval;
  private boolean flushIsDue;

  TimedWriter(
      SinkWriter<T> writer,
      PatientConnections connections,
      ProcessingTimeService clock,
      Duration interval) {
    this.writer = writer;
    this.connections = connections;
    this.clock = clock;
    this.interval = interval;
  }

  @Override
  public void write(T row, Context context) throws IOException, InterruptedException {
    writer.write(row, context);
    if (!flushIsDue) {
      flushIsDue = true;
      clock.registerTimer(
          clock.getCurrentProcessingTime() + interval.toMillis(),
          time -> {
            flushIsDue = false;
            writer.flush(false);
          });
    }
  }

  @Override
  public void flush(boolean endOfInput) throws IOException, InterruptedException {
    writer.flush(endOfInput);
  }

  /**
   * Leaves rows that were not flushed: they belong to no checkpoint and come again. The JDBC
   * writer's own close would write them first, and wait for a ClickHouse that is away.
   */
  @Override
  public void close() {
    connections.closeConnection();
  }
}
