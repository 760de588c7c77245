package io.tidewatch.clickhouse;

import java.io.IOException;
import java.time.Duration;
import java.util.function.ToIntFunction;
import org.apache.flink.api.common.operators.ProcessingTimeService;
import org.apache.flink.api.connector.sink2.SinkWriter;

/**
 * Flushes a writer as its {@link Batching} says, or when its rows are long, in the task's own
 * thread.
 */
final class BatchingWriter<T> implements SinkWriter<T> {

  /** A batch is in memory several times: as rows, as their texts and as one statement. */
  static final int MOST_CHARACTERS = 16 << 20;

  private static final Duration PAST = Duration.ofDays(1);

  private final SinkWriter<T> writer;
  private final ToIntFunction<T> characters;
  private final PatientConnections connections;
  private final ProcessingTimeService clock;
  private final Batching present;
  private final Batching past;

  private int rows;
  private long charactersGathered;

  /** When the rows are due, in milliseconds; of no meaning while there are none. */
  private long due;

  private boolean timerIsSet;

  /**
   * @param writer never flushes by itself
   * @param characters about how long a row is as text
   */
  BatchingWriter(
      SinkWriter<T> writer,
      ToIntFunction<T> characters,
      PatientConnections connections,
      ProcessingTimeService clock,
      Batching batching) {
    this.writer = writer;
    this.characters = characters;
    this.connections = connections;
    this.clock = clock;
    this.present = batching;
    this.past = batching.ofThePast();
  }

  @Override
  public void write(T row, Context context) throws IOException, InterruptedException {
    writer.write(row, context);
    long now = clock.getCurrentProcessingTime();
    Batching batching = isPast(context.currentWatermark(), now) ? past : present;
    if (rows == 0) {
      due = now + batching.interval().toMillis();
    }
    rows++;
    charactersGathered += characters.applyAsInt(row);
    if (rows >= batching.rows() || charactersGathered >= MOST_CHARACTERS) {
      flush(false);
    } else if (!timerIsSet) {
      setTimer();
    }
  }

  /** Before the first watermark rows count as present. */
  private static boolean isPast(long watermark, long now) {
    return watermark != Long.MIN_VALUE && watermark < now - PAST.toMillis();
  }

  private void setTimer() {
    timerIsSet = true;
    clock.registerTimer(
        due,
        time -> {
          timerIsSet = false;
          if (rows > 0 && due <= time) {
            flush(false);
          } else if (rows > 0) {
            setTimer();
          }
        });
  }

  @Override
  public void flush(boolean endOfInput) throws IOException, InterruptedException {
    writer.flush(endOfInput);
    rows = 0;
    charactersGathered = 0;
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
