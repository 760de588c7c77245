package io.tidewatch.ingest.stream;

import io.tidewatch.event.Event;
import io.tidewatch.metrics.InternalEvents;
import io.tidewatch.metrics.WindowCalendar;
import io.tidewatch.time.EventClock;
import java.time.Instant;
import java.time.ZoneId;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkGeneratorSupplier;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;

/** The clock of the quality metrics, whose windows go by when records arrived. */
final class ArrivalWatermarks {

  private ArrivalWatermarks() {}

  /** Arrival times as they pass; in silence the wall clock. */
  static final class Live implements EventClock<Event> {

    @Override
    public long timeOf(Event event) {
      return event.receivedAt().toEpochMilli();
    }

    @Override
    public Instant markOf(Event event) {
      return null;
    }
  }

  /**
   * In a replay all windows close at its end, however soon that is by the wall clock. The end is
   * marked in one place only, so the clock must run there: at a parallelism of one.
   */
  static WatermarkStrategy<Event> replay(ZoneId zone) {
    return new WatermarkStrategy<>() {
      @Override
      public WatermarkGenerator<Event> createWatermarkGenerator(
          WatermarkGeneratorSupplier.Context context) {
        return new UntilTheEnd(new WindowCalendar(zone));
      }
    };
  }

  private static final class UntilTheEnd implements WatermarkGenerator<Event> {

    private final WindowCalendar calendar;

    private UntilTheEnd(WindowCalendar calendar) {
      this.calendar = calendar;
    }

    @Override
    public void onEvent(Event event, long timestamp, WatermarkOutput output) {
      if (event.type().equals(InternalEvents.CLOCK_MARKED)) {
        long endOfDay = calendar.day(event.receivedAt().toEpochMilli()).endMillis();
        long mark = Instant.parse(event.get("mark")).toEpochMilli();
        output.emitWatermark(new Watermark(Math.max(endOfDay, mark)));
      }
    }

    @Override
    public void onPeriodicEmit(WatermarkOutput output) {}
  }
}
