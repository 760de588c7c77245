package io.tidewatch.clickhouse;

import java.io.IOException;
import java.time.Duration;
import org.apache.flink.api.common.operators.ProcessingTimeService;
import org.apache.flink.api.connector.sink2.SinkWriter;

/** Flushes a writer as its {@link Batching} says, in the task's own thread. */
final class BatchingWriter<T> implements SinkWriter<T> {

  private static final Duration PAST = Duration.ofDays(1);

  private final SinkWriter<T> writer;
  private final PatientConnections connections;
  private final ProcessingTimeService clock;
  private final Batching present;
  private final Batching past;
  private int rows;
  private boolean flushIsDue;

  /**
   * @param writer flushes of its own accord never
   */
  BatchingWriter(
      SinkWriter<T> writer,
      PatientConnections connections,
      ProcessingTimeService clock,
      Batching batching) {
    this.writer = writer;
    this.connections = connections;
    this.clock = clock;
    this.present = batching;
    this.past = batching.ofThePast();
  }

  @Override
  public void write(T row, Context context) throws IOException, InterruptedException {
    writer.write(row, context);
    rows++;
    long now = clock.getCurrentProcessingTime();
    Batching batching = isPast(context.currentWatermark(), now) ? past : present;
    if (rows >= batching.rows()) {
      flush(false);
    } else if (!flushIsDue) {
      flushIsDue = true;
      clock.registerTimer(
          now + batching.interval().toMillis(),
          time -> {
            flushIsDue = false;
            flush(false);
          });
    }
  }

  /** Before the first watermark nothing is known of that. */
  private static boolean isPast(long watermark, long now) {
    return watermark != Long.MIN_VALUE && watermark < now - PAST.toMillis();
  }

  @Override
  public void flush(boolean endOfInput) throws IOException, InterruptedException {
    writer.flush(endOfInput);
    rows = 0;
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
