package io.tidewatch.time;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.apache.flink.api.common.eventtime.TimestampAssigner;
import org.apache.flink.api.common.eventtime.TimestampAssignerSupplier;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkGeneratorSupplier;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;

/**
 * Watermarks of one partition: the greatest event time seen, less the source's out-of-orderness.
 *
 * <p><b>Live</b>, a partition that stays silent for the idleness period, counted from the periodic
 * emission after its last record, follows the wall clock less the out-of-orderness, once its
 * backlog is drained. So a silent partition or topic holds nobody back, and when all are silent the
 * last windows still close and absence is noticed. No partition is ever marked idle: the watermark
 * downstream is never ahead of the one that ingest judged lateness by.
 *
 * <p>A producer may vouch for event time with a mark: nothing older follows in its partition. The
 * watermark goes there at once, and a partition that is given marks is not silent.
 *
 * <p><b>In a replay</b> event time comes from the recording alone: the watermark moves with every
 * event, so that lateness depends on the order of the recording and not on the machine, and it ends
 * where the producer's last mark says.
 */
public final class SourceWatermarks<T> implements WatermarkStrategy<T> {

  private final EventClock<T> eventClock;
  private final Duration outOfOrderness;
  private final Duration idleness;
  private final Backlog backlog;
  private final boolean live;
  private final boolean perPartition;
  private final Clock wallClock;

  /** Null: watermarks are emitted periodically and no oftener. */
  private final Duration step;

  /** Made by this subtask: the main output's and one for each partition. */
  private transient int clocks;

  private SourceWatermarks(
      EventClock<T> eventClock,
      Duration outOfOrderness,
      Duration idleness,
      Backlog backlog,
      boolean live,
      boolean perPartition,
      Clock wallClock,
      Duration step) {
    this.eventClock = eventClock;
    this.outOfOrderness = outOfOrderness;
    this.idleness = idleness;
    this.backlog = backlog;
    this.live = live;
    this.perPartition = perPartition;
    this.wallClock = wallClock;
    this.step = step;
  }

  /** For the partitions of a source. */
  public static <T> SourceWatermarks<T> live(
      EventClock<T> eventClock,
      Duration outOfOrderness,
      Duration idleness,
      Backlog backlog,
      Clock wallClock) {
    return new SourceWatermarks<>(
        eventClock, outOfOrderness, idleness, backlog, true, true, wallClock, null);
  }

  /** For a stream inside the job, whose backlog is none of its business. */
  public static <T> SourceWatermarks<T> liveInStream(
      EventClock<T> eventClock, Duration outOfOrderness, Duration idleness, Clock wallClock) {
    return new SourceWatermarks<>(
        eventClock, outOfOrderness, idleness, position -> true, true, false, wallClock, null);
  }

  /** For the one partition of a source that reads a recording with a parallelism of one. */
  public static <T> SourceWatermarks<T> replay(EventClock<T> eventClock, Duration outOfOrderness) {
    return new SourceWatermarks<>(
        eventClock,
        outOfOrderness,
        Duration.ZERO,
        position -> false,
        false,
        true,
        Clock.systemUTC(),
        null);
  }

  /**
   * The same, whose watermark is also emitted with an event that brings it so far, and with the
   * first.
   */
  public SourceWatermarks<T> advancingBy(Duration step) {
    return new SourceWatermarks<>(
        eventClock, outOfOrderness, idleness, backlog, live, perPartition, wallClock, step);
  }

  @Override
  public TimestampAssigner<T> createTimestampAssigner(TimestampAssignerSupplier.Context context) {
    return (element, kafkaTimestamp) -> {
      long time = eventClock.timestampOf(element);
      return time == EventClock.NONE ? kafkaTimestamp : time;
    };
  }

  @Override
  public WatermarkGenerator<T> createWatermarkGenerator(
      WatermarkGeneratorSupplier.Context context) {
    return perPartition && clocks++ == 0 ? new MainOutputClock() : new PartitionClock();
  }

  /**
   * A source makes a clock for its main output before those of its partitions. No record passes
   * there, so that clock says nothing; only a subtask that has got no partition is idle, or it
   * would hold back the others for ever.
   */
  private final class MainOutputClock implements WatermarkGenerator<T> {

    private final Instant start = wallClock.instant();

    @Override
    public void onEvent(T element, long timestamp, WatermarkOutput output) {}

    @Override
    public void onPeriodicEmit(WatermarkOutput output) {
      if (clocks == 1 && live && !wallClock.instant().isBefore(start.plus(idleness))) {
        output.markIdle();
      }
    }
  }

  private final class PartitionClock implements WatermarkGenerator<T> {

    private long watermark = Long.MIN_VALUE;
    private long emitted = Long.MIN_VALUE;
    private Instant lastActivity = wallClock.instant();

    /** Whether anything has come since the last look at the clock. */
    private boolean active;

    private Position position;

    @Override
    public void onEvent(T element, long timestamp, WatermarkOutput output) {
      active = true;
      position = eventClock.positionOf(element);
      Instant mark = eventClock.markOf(element);
      if (mark != null) {
        advanceTo(vouched(mark));
      }
      long time = eventClock.timeOf(element);
      if (time != EventClock.NONE) {
        advanceTo(beforeDisorder(time));
      }
      if (!live || isAheadOfEmitted()) {
        emit(output);
      }
    }

    @Override
    public void onPeriodicEmit(WatermarkOutput output) {
      if (live) {
        Instant now = wallClock.instant();
        if (active) {
          active = false;
          lastActivity = now;
        }
        if (!now.isBefore(lastActivity.plus(idleness)) && backlog.isDrained(position)) {
          advanceTo(beforeDisorder(now.toEpochMilli()));
        }
      }
      emit(output);
    }

    private boolean isAheadOfEmitted() {
      return step != null && (emitted == Long.MIN_VALUE || watermark - emitted >= step.toMillis());
    }

    /** A producer whose clock is ahead can't close windows that others still write to. */
    private long vouched(Instant mark) {
      return live ? Math.min(mark.toEpochMilli(), wallClock.millis()) : mark.toEpochMilli();
    }

    /** A watermark t says that everything up to and including t has come, hence the last one. */
    private long beforeDisorder(long time) {
      return time - outOfOrderness.toMillis() - 1;
    }

    private void advanceTo(long time) {
      watermark = Math.max(watermark, time);
    }

    private void emit(WatermarkOutput output) {
      if (watermark > emitted) {
        emitted = watermark;
        output.emitWatermark(new Watermark(watermark));
      }
    }
  }
}
