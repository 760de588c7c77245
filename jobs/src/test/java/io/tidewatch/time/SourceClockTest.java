package io.tidewatch.time;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.operator.SmallCluster;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.util.CloseableIterator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

@Timeout(60)
class SourceClockTest {

  @RegisterExtension static final MiniClusterExtension CLUSTER = SmallCluster.ofTwoSlots();

  private static final String OLD = "2026-03-01T12:00:00Z";

  @Test
  void aSilentPartitionDoesNotHoldBackTheOtherOfItsSubtask() throws Exception {
    // both are read by one subtask
    assertThatTheWallClockTakesOver(1, List.of(List.of(OLD), List.of()));
  }

  @Test
  void aSilentPartitionDoesNotHoldBackAnotherSubtask() throws Exception {
    assertThatTheWallClockTakesOver(2, List.of(List.of(OLD), List.of()));
  }

  @Test
  void aSubtaskWithoutPartitionHoldsBackNobody() throws Exception {
    assertThatTheWallClockTakesOver(2, List.of(List.of(OLD)));
  }

  @Test
  void aRecordingThatOnePartitionHoldsEndsWhereItsLastEventSays() throws Exception {
    List<Long> watermarks =
        watermarks(
            1,
            InMemoryPartitions.ending(
                List.of(List.of(OLD, "2026-03-01T11:00:00Z", "2026-03-01T13:00:00Z")),
                text -> text),
            SourceWatermarks.replay(new TextClock(), Duration.ZERO),
            3);
    // after each event that is newer, and at the end of the input
    assertThat(watermarks)
        .containsExactly(
            Instant.parse(OLD).toEpochMilli() - 1,
            Instant.parse("2026-03-01T13:00:00Z").toEpochMilli() - 1,
            Long.MAX_VALUE);
  }

  /** Where partitions fall silent, the wall clock of now takes over from the events' of then. */
  private static void assertThatTheWallClockTakesOver(
      int parallelism, List<List<String>> partitions) throws Exception {
    long started = Instant.now().toEpochMilli();
    List<Long> watermarks =
        watermarks(
            parallelism,
            InMemoryPartitions.open(partitions, text -> text),
            SourceWatermarks.live(
                new TextClock(),
                Duration.ZERO,
                Duration.ofMillis(300),
                position -> true,
                Clock.systemUTC()),
            2);
    assertThat(watermarks.get(1)).isBetween(started, Instant.now().toEpochMilli());
  }

  /** The first watermarks that leave the source, all its subtasks taken together. */
  private static List<Long> watermarks(
      int parallelism, InMemoryPartitions<String> source, SourceWatermarks<String> clock, int first)
      throws Exception {
    StreamExecutionEnvironment environment = StreamExecutionEnvironment.getExecutionEnvironment();
    environment.setParallelism(parallelism);
    List<Long> watermarks = new ArrayList<>();
    try (CloseableIterator<Long> reported =
        environment
            .fromSource(source, clock, "partitions", Types.STRING)
            .transform("report", Types.LONG, new ReportWatermarks())
            .setParallelism(1)
            .executeAndCollect()) {
      while (watermarks.size() < first) {
        watermarks.add(reported.next());
      }
    }
    return watermarks;
  }

  private static final class ReportWatermarks extends AbstractStreamOperator<Long>
      implements OneInputStreamOperator<String, Long> {

    @Override
    public void processElement(StreamRecord<String> element) {}

    @Override
    public void processWatermark(Watermark mark) throws Exception {
      output.collect(new StreamRecord<>(mark.getTimestamp()));
      super.processWatermark(mark);
    }
  }

  private static final class TextClock implements EventClock<String> {

    @Override
    public long timeOf(String time) {
      return Instant.parse(time).toEpochMilli();
    }

    @Override
    public Instant markOf(String time) {
      return null;
    }
  }
}
