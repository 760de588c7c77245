package io.tidewatch.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.streaming.runtime.tasks.TestProcessingTimeService;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BatchingWriterTest {

  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final long NO_WATERMARK = Long.MIN_VALUE;

  private final TestProcessingTimeService clock = new TestProcessingTimeService();
  private final Batches batches = new Batches();
  private final BatchingWriter<String> writer =
      new BatchingWriter<>(
          batches,
          String::length,
          new PatientConnections(
              ClickHouseEndpoint.of("http://127.0.0.1:1"), "none", Duration.ofMillis(1)),
          clock,
          new Batching(3, Duration.ofSeconds(1), Duration.ofMinutes(1)));

  @BeforeEach
  void start() throws Exception {
    clock.setCurrentTime(NOW.toEpochMilli());
  }

  @Test
  void writesAsManyRowsAsABatchHas() throws Exception {
    write(7, NOW.toEpochMilli());

    assertThat(batches.sizes).containsExactly(3, 3);
  }

  @Test
  void writesFewerOnceTheIntervalIsOver() throws Exception {
    write(1, NOW.toEpochMilli());
    pass(Duration.ofMillis(600));
    write(1, NOW.toEpochMilli());
    pass(Duration.ofMillis(399));
    assertThat(batches.sizes).isEmpty();

    pass(Duration.ofMillis(1));

    assertThat(batches.sizes).containsExactly(2);
  }

  @Test
  void givesTheRowsAfterAFullBatchAnIntervalOfTheirOwn() throws Exception {
    write(2, NOW.toEpochMilli());
    pass(Duration.ofMillis(600));
    write(2, NOW.toEpochMilli());
    pass(Duration.ofMillis(999));
    assertThat(batches.sizes).containsExactly(3);

    pass(Duration.ofMillis(1));

    assertThat(batches.sizes).containsExactly(3, 1);
  }

  @Test
  void writesFewerRowsThatAreLong() throws Exception {
    String half = "x".repeat(BatchingWriter.MOST_CHARACTERS / 2);
    writer.write(half, new At(NOW.toEpochMilli()));
    assertThat(batches.sizes).isEmpty();
    writer.write(half, new At(NOW.toEpochMilli()));
    write(2, NOW.toEpochMilli());

    assertThat(batches.sizes).containsExactly(2);
  }

  @Test
  void beginsAnotherIntervalWithTheNextRow() throws Exception {
    write(1, NOW.toEpochMilli());
    pass(Duration.ofSeconds(1));
    pass(Duration.ofSeconds(5));
    write(1, NOW.toEpochMilli());
    pass(Duration.ofMillis(999));
    assertThat(batches.sizes).containsExactly(1);

    pass(Duration.ofMillis(1));

    assertThat(batches.sizes).containsExactly(1, 1);
  }

  @Test
  void gathersFourTimesAsManyRowsOfThePast() throws Exception {
    write(25, NOW.minus(Duration.ofDays(1)).toEpochMilli() - 1);

    assertThat(batches.sizes).containsExactly(12, 12);
  }

  @Test
  void gathersRowsOfThePastFourTimesAsLong() throws Exception {
    write(5, NOW.minus(Duration.ofDays(35)).toEpochMilli());
    pass(Duration.ofMillis(3_999));
    assertThat(batches.sizes).isEmpty();

    pass(Duration.ofMillis(1));

    assertThat(batches.sizes).containsExactly(5);
  }

  @Test
  void isInThePresentUpToADayBehindAndBeforeTheFirstWatermark() throws Exception {
    write(3, NOW.minus(Duration.ofDays(1)).toEpochMilli());
    write(3, NO_WATERMARK);
    write(3, Long.MAX_VALUE);

    assertThat(batches.sizes).containsExactly(3, 3, 3);
  }

  @Test
  void writesWhatItHasGatheredOfThePastWhenItReachesThePresent() throws Exception {
    write(10, NOW.minus(Duration.ofDays(2)).toEpochMilli());
    write(1, NOW.toEpochMilli());

    assertThat(batches.sizes).containsExactly(11);
  }

  @Test
  void countsFromACheckpointOn() throws Exception {
    write(2, NOW.toEpochMilli());
    writer.flush(false);
    write(2, NOW.toEpochMilli());
    assertThat(batches.sizes).containsExactly(2);

    write(1, NOW.toEpochMilli());

    assertThat(batches.sizes).containsExactly(2, 3);
  }

  private void write(int rows, long watermark) throws Exception {
    for (int i = 0; i < rows; i++) {
      writer.write("row", new At(watermark));
    }
  }

  private void pass(Duration length) throws Exception {
    clock.setCurrentTime(clock.getCurrentProcessingTime() + length.toMillis());
  }

  private record At(long currentWatermark) implements SinkWriter.Context {
    @Override
    public Long timestamp() {
      return null;
    }
  }

  /** The sizes of the batches that were written. */
  private static final class Batches implements SinkWriter<String> {

    private final List<Integer> sizes = new ArrayList<>();
    private int gathered;

    @Override
    public void write(String row, Context context) {
      gathered++;
    }

    @Override
    public void flush(boolean endOfInput) {
      if (gathered > 0) {
        sizes.add(gathered);
        gathered = 0;
      }
    }

    @Override
    public void close() {}
  }
}
