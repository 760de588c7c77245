package io.tidewatch.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.junit.jupiter.api.Test;

class SourceWatermarksTest {

  private static final Duration TEN_SECONDS = Duration.ofSeconds(10);

  private final SetClock wallClock = new SetClock("2026-03-01T12:00:00Z");
  private final Output output = new Output();
  private boolean drained = true;

  @Test
  void liveTheWatermarkTrailsTheNewestEventByTheDisorder() {
    WatermarkGenerator<Note> partition = livePartition();
    partition.onEvent(Note.at("2026-03-01T11:00:20Z"), 0, output);
    assertThat(output.watermarks).isEmpty();
    partition.onPeriodicEmit(output);
    partition.onEvent(Note.at("2026-03-01T11:00:15Z"), 0, output);
    partition.onPeriodicEmit(output);
    // an event at 11:00:10 would still be in time, one a millisecond older not
    assertThat(output.watermarks).containsExactly(before("2026-03-01T11:00:10Z"));
  }

  @Test
  void silenceFollowsTheSetClock() {
    WatermarkGenerator<Note> partition = livePartition();
    partition.onEvent(Note.at("2026-03-01T11:00:20Z"), 0, output);
    partition.onPeriodicEmit(output);
    wallClock.reaches("2026-03-01T12:00:09.999Z");
    partition.onPeriodicEmit(output);
    assertThat(output.last()).isEqualTo(before("2026-03-01T11:00:10Z"));

    wallClock.reaches("2026-03-01T12:00:10Z");
    partition.onPeriodicEmit(output);
    assertThat(output.last()).isEqualTo(before("2026-03-01T12:00:00Z"));
    wallClock.reaches("2026-03-01T13:00:00Z");
    partition.onPeriodicEmit(output);
    assertThat(output.last()).isEqualTo(before("2026-03-01T12:59:50Z"));
  }

  @Test
  void silenceBeforeTheBacklogIsDrainedIsNoSilence() {
    WatermarkGenerator<Note> partition = livePartition();
    drained = false;
    wallClock.reaches("2026-03-01T13:00:00Z");
    partition.onPeriodicEmit(output);
    assertThat(output.watermarks).isEmpty();

    drained = true;
    partition.onPeriodicEmit(output);
    assertThat(output.watermarks).containsExactly(before("2026-03-01T12:59:50Z"));
  }

  @Test
  void whatComesAfterASilenceNeverTurnsItBack() {
    WatermarkGenerator<Note> partition = livePartition();
    wallClock.reaches("2026-03-01T13:00:00Z");
    partition.onPeriodicEmit(output);
    partition.onEvent(Note.at("2026-03-01T11:00:00Z"), 0, output);
    wallClock.reaches("2026-03-01T12:30:00Z");
    partition.onPeriodicEmit(output);
    assertThat(output.watermarks).containsExactly(before("2026-03-01T12:59:50Z"));
    assertThat(output.idle).isFalse();
  }

  @Test
  void whatHoldsNoEventTimeIsActivityAllTheSame() {
    WatermarkGenerator<Note> partition = livePartition();
    wallClock.reaches("2026-03-01T12:00:09Z");
    partition.onEvent(new Note(null, null), 0, output);
    wallClock.reaches("2026-03-01T12:00:18Z");
    partition.onPeriodicEmit(output);
    assertThat(output.watermarks).isEmpty();
  }

  @Test
  void liveTheFirstEventAndEachStepAreToldAtOnce() {
    WatermarkGenerator<Note> partition = partition(live().advancingBy(Duration.ofMinutes(15)));
    partition.onEvent(Note.at("2026-03-01T09:00:00Z"), 0, output);
    partition.onEvent(Note.at("2026-03-01T09:14:59.999Z"), 0, output);
    partition.onEvent(Note.at("2026-03-01T09:15:00Z"), 0, output);
    partition.onEvent(Note.at("2026-03-01T09:20:00Z"), 0, output);
    assertThat(output.watermarks)
        .containsExactly(before("2026-03-01T08:59:50Z"), before("2026-03-01T09:14:50Z"));

    partition.onPeriodicEmit(output);
    assertThat(output.last()).isEqualTo(before("2026-03-01T09:19:50Z"));
  }

  @Test
  void inAReplayTimeMovesWithEveryEventAndByNothingElse() {
    WatermarkGenerator<Note> partition = replayPartition();
    partition.onEvent(Note.at("2011-05-01T11:00:20Z"), 0, output);
    partition.onEvent(Note.at("2011-05-01T11:00:15Z"), 0, output);
    partition.onEvent(Note.at("2011-05-01T11:00:21Z"), 0, output);
    partition.onPeriodicEmit(output);
    assertThat(output.watermarks)
        .containsExactly(before("2011-05-01T11:00:10Z"), before("2011-05-01T11:00:11Z"));
  }

  @Test
  void aMarkSaysWhereTimeStandsInAReplay() {
    replayPartition().onEvent(Note.mark("2026-03-02T01:00:00Z"), 0, output);
    assertThat(output.watermarks)
        .containsExactly(Instant.parse("2026-03-02T01:00:00Z").toEpochMilli());
  }

  @Test
  void liveAMarkMovesTimeAndIsActivity() {
    WatermarkGenerator<Note> partition = livePartition();
    partition.onEvent(Note.at("2026-03-01T11:00:20Z"), 0, output);
    partition.onEvent(Note.mark("2026-03-01T11:00:17Z"), 0, output);
    partition.onPeriodicEmit(output);
    assertThat(output.last()).isEqualTo(Instant.parse("2026-03-01T11:00:17Z").toEpochMilli());

    wallClock.reaches("2026-03-01T12:00:09Z");
    partition.onEvent(Note.mark("2026-03-01T11:00:26Z"), 0, output);
    wallClock.reaches("2026-03-01T12:00:18Z");
    partition.onPeriodicEmit(output);
    assertThat(output.last()).isEqualTo(Instant.parse("2026-03-01T11:00:26Z").toEpochMilli());
  }

  @Test
  void liveAMarkIsNotBelievedBeyondTheSetClock() {
    WatermarkGenerator<Note> partition = livePartition();
    partition.onEvent(Note.mark("2026-03-02T01:00:00Z"), 0, output);
    partition.onPeriodicEmit(output);
    assertThat(output.watermarks).containsExactly(wallClock.millis());
  }

  @Test
  void aSubtaskThatGotNoPartitionIsIdleAndOneThatDidIsNot() {
    SourceWatermarks<Note> withNone = live();
    WatermarkGenerator<Note> main = withNone.createWatermarkGenerator(null);
    main.onPeriodicEmit(output);
    assertThat(output.idle).isFalse();
    wallClock.reaches("2026-03-01T12:00:10Z");
    main.onPeriodicEmit(output);
    assertThat(output.idle).isTrue();

    SourceWatermarks<Note> withOne = live();
    WatermarkGenerator<Note> its = withOne.createWatermarkGenerator(null);
    withOne.createWatermarkGenerator(null);
    output.idle = false;
    wallClock.reaches("2026-03-01T12:01:00Z");
    its.onPeriodicEmit(output);
    assertThat(output.idle).isFalse();
    assertThat(output.watermarks).isEmpty();
  }

  private SourceWatermarks<Note> live() {
    return SourceWatermarks.live(
        new NoteClock(), TEN_SECONDS, TEN_SECONDS, position -> drained, wallClock);
  }

  private WatermarkGenerator<Note> livePartition() {
    return partition(live());
  }

  private static WatermarkGenerator<Note> replayPartition() {
    return partition(SourceWatermarks.replay(new NoteClock(), TEN_SECONDS));
  }

  private static WatermarkGenerator<Note> partition(SourceWatermarks<Note> watermarks) {
    watermarks.createWatermarkGenerator(null);
    return watermarks.createWatermarkGenerator(null);
  }

  private static long before(String time) {
    return Instant.parse(time).toEpochMilli() - 1;
  }

  private record Note(Instant time, Instant mark) {
    private static Note at(String time) {
      return new Note(Instant.parse(time), null);
    }

    private static Note mark(String mark) {
      return new Note(null, Instant.parse(mark));
    }
  }

  private static final class NoteClock implements EventClock<Note> {
    @Override
    public long timeOf(Note note) {
      return note.time() == null ? NONE : note.time().toEpochMilli();
    }

    @Override
    public Instant markOf(Note note) {
      return note.mark();
    }
  }

  private static final class Output implements WatermarkOutput {
    private final List<Long> watermarks = new ArrayList<>();
    private boolean idle;

    @Override
    public void emitWatermark(Watermark watermark) {
      watermarks.add(watermark.getTimestamp());
    }

    @Override
    public void markIdle() {
      idle = true;
    }

    @Override
    public void markActive() {
      idle = false;
    }

    private long last() {
      return watermarks.get(watermarks.size() - 1);
    }
  }
}
