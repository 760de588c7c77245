package io.tidewatch.metrics.stream;

import io.tidewatch.metrics.WindowCalendar;
import io.tidewatch.time.EventClock;
import io.tidewatch.time.SourceWatermarks;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkGeneratorSupplier;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;

/** The clock of the quality metrics, whose windows go by when records arrived. */
final class ArrivalWatermarks {

  private static final Duration DISORDER = Duration.ofSeconds(10);
  private static final Duration IDLENESS = Duration.ofSeconds(10);

  private ArrivalWatermarks() {}

  /** Arrival times as they pass; in silence the wall clock. */
  static WatermarkStrategy<PartialAggregate> live() {
    return SourceWatermarks.liveInStream(new Live(), DISORDER, IDLENESS, Clock.systemUTC());
  }

  private static final class Live implements EventClock<PartialAggregate> {

    @Override
    public long timeOf(PartialAggregate partial) {
      return partial.latest();
    }

    @Override
    public Instant markOf(PartialAggregate partial) {
      return null;
    }
  }

  /**
   * In a replay all windows close at its end, however soon that is by the wall clock. The end is
   * marked in one place only, so the clock must run there: at a parallelism of one.
   */
  static WatermarkStrategy<PartialAggregate> replay(ZoneId zone) {
    return new WatermarkStrategy<>() {
      @Override
      public WatermarkGenerator<PartialAggregate> createWatermarkGenerator(
          WatermarkGeneratorSupplier.Context context) {
        return new UntilTheEnd(new WindowCalendar(zone));
      }
    };
  }

  private static final class UntilTheEnd implements WatermarkGenerator<PartialAggregate> {

    private final WindowCalendar calendar;

    private UntilTheEnd(WindowCalendar calendar) {
      this.calendar = calendar;
    }

    @Override
    public void onEvent(PartialAggregate partial, long timestamp, WatermarkOutput output) {
      if (partial.isMark()) {
        long endOfDay = calendar.day(partial.latest()).endMillis();
        output.emitWatermark(new Watermark(Math.max(endOfDay, partial.start())));
      }
    }

    @Override
    public void onPeriodicEmit(WatermarkOutput output) {}
  }
}
