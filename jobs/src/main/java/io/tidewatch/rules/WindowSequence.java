package io.tidewatch.rules;

import io.tidewatch.metric.MetricWindow;
import io.tidewatch.metrics.TimeWindow;
import io.tidewatch.metrics.WindowCalendar;
import io.tidewatch.metrics.WindowSize;
import java.time.Instant;
import java.time.ZoneId;

/** Which window of a series follows another. */
final class WindowSequence {

  private final WindowCalendar calendar;

  /**
   * @param zone whose midnights begin days
   */
  WindowSequence(ZoneId zone) {
    this.calendar = new WindowCalendar(zone);
  }

  /** The window that follows, without events; of rolling ones, the one that ends a day later. */
  MetricWindow after(MetricWindow window) {
    long end = window.windowEnd().toEpochMilli();
    TimeWindow next =
        WindowSize.of(window.window())
            .map(size -> calendar.window(size, end))
            .orElseGet(() -> calendar.rollingUntil(daysOf(window), end));
    return new MetricWindow(
        window.metric(),
        window.window(),
        window.series(),
        Instant.ofEpochMilli(next.startMillis()),
        Instant.ofEpochMilli(next.endMillis()),
        window.dims(),
        0,
        null,
        0,
        true,
        0);
  }

  private static int daysOf(MetricWindow window) {
    return Integer.parseInt(window.window().substring(0, window.window().length() - 1));
  }
}
