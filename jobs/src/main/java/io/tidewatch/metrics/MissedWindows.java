package io.tidewatch.metrics;

import io.tidewatch.event.Event;
import io.tidewatch.time.UtcTime;
import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.TreeSet;

/** Finds the windows of all metrics that an event came too late for. */
public final class MissedWindows {

  private final MetricCatalogue catalogue;
  private final WindowCalendar calendar;
  private final long allowedLateness;

  private MissedWindows(MetricCatalogue catalogue, ZoneId zone, Duration allowedLateness) {
    this.catalogue = catalogue;
    this.calendar = new WindowCalendar(zone);
    this.allowedLateness = allowedLateness.toMillis();
  }

  /** Carries the settings to where the windows are looked for. */
  public record Factory(MetricCatalogue catalogue, ZoneId zone, Duration allowedLateness)
      implements Serializable {
    public MissedWindows create() {
      return new MissedWindows(catalogue, zone, allowedLateness);
    }
  }

  /** Name and start of each, such as {@code 1h 2011-05-01T10:00:00.000Z}, sorted. */
  public List<String> by(Event event) {
    long time = event.time().toEpochMilli();
    if (!event.isLateFor(time + 1, allowedLateness)) {
      return List.of();
    }
    TreeSet<String> missed = new TreeSet<>();
    for (MetricDefinition metric : catalogue.fedBy(event)) {
      if (metric.read(event).isPresent()) {
        metric.windows().forEach(size -> addIfMissed(calendar.window(size, time), event, missed));
        metric
            .rollingDays()
            .forEach(
                days -> calendar.rolling(days, time).forEach(w -> addIfMissed(w, event, missed)));
      }
    }
    return List.copyOf(missed);
  }

  private void addIfMissed(TimeWindow window, Event event, TreeSet<String> missed) {
    if (event.isLateFor(window.endMillis(), allowedLateness)) {
      missed.add(window.name() + ' ' + UtcTime.rfc3339(Instant.ofEpochMilli(window.startMillis())));
    }
  }
}
