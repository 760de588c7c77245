package io.tidewatch.clickhouse.verify;

import io.tidewatch.event.Event;
import io.tidewatch.metric.MetricWindow;
import io.tidewatch.metrics.MetricAccumulator;
import io.tidewatch.metrics.MetricCatalogue;
import io.tidewatch.metrics.MetricDefinition;
import io.tidewatch.metrics.SeriesKey;
import io.tidewatch.metrics.TimeWindow;
import io.tidewatch.metrics.WindowCalendar;
import io.tidewatch.metrics.WindowSize;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** All final windows of some events, by the metric model alone. */
final class WindowsInMemory {

  private final MetricCatalogue catalogue;
  private final WindowCalendar calendar;
  private final Map<Key, MetricAccumulator> accumulators = new HashMap<>();

  private record Key(MetricDefinition metric, TimeWindow window, String series) {}

  WindowsInMemory(MetricCatalogue catalogue, ZoneId zone) {
    this.catalogue = catalogue;
    this.calendar = new WindowCalendar(zone);
  }

  List<MetricWindow> compute(List<Event> events) {
    events.forEach(this::add);
    List<MetricWindow> windows = new ArrayList<>();
    accumulators.forEach((key, accumulator) -> measure(key, accumulator, windows));
    return windows;
  }

  private void add(Event event) {
    for (MetricDefinition metric : catalogue.fedBy(event)) {
      for (TimeWindow window : windows(metric, event.time().toEpochMilli())) {
        for (List<String> dimensions : metric.groupings()) {
          Key key = new Key(metric, window, SeriesKey.of(dimensions, event));
          accumulators
              .computeIfAbsent(key, k -> MetricAccumulator.empty(metric))
              .add(metric, event);
        }
      }
    }
  }

  private List<TimeWindow> windows(MetricDefinition metric, long time) {
    List<TimeWindow> windows = new ArrayList<>();
    for (WindowSize size : metric.windows()) {
      windows.add(calendar.window(size, time));
    }
    for (int days : metric.rollingDays()) {
      windows.addAll(calendar.rolling(days, time));
    }
    return windows;
  }

  private void measure(Key key, MetricAccumulator accumulator, List<MetricWindow> windows) {
    Instant start = Instant.ofEpochMilli(key.window().startMillis());
    Instant end = Instant.ofEpochMilli(key.window().endMillis());
    accumulator
        .measure(key.metric(), start, end)
        .ifPresent(
            measurement ->
                windows.add(
                    new MetricWindow(
                        key.metric().name(),
                        key.window().name(),
                        key.series(),
                        start,
                        end,
                        SeriesKey.parse(key.series()),
                        measurement.value(),
                        measurement.amount(),
                        accumulator.samples(),
                        true,
                        2 * accumulator.samples() + 1)));
  }
}
