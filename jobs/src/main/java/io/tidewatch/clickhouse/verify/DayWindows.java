package io.tidewatch.clickhouse.verify;

import io.tidewatch.metrics.MetricDefinition;
import io.tidewatch.metrics.TimeWindow;
import io.tidewatch.metrics.WindowCalendar;
import io.tidewatch.metrics.WindowSize;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.List;

/**
 * The windows of one name that belong to a local day: those that begin on it; of rolling ones the
 * one that ends with it.
 *
 * @param name {@code 1m}, {@code 1h}, {@code 1d}, {@code 7d}, …
 * @param firstStart inclusive, epoch milliseconds
 * @param lastStart inclusive bound of the starts, epoch milliseconds
 * @param end exclusive, of the last one, epoch milliseconds
 * @param start expression of an event's window start over its {@code time}, in epoch milliseconds
 * @param length expression of a window's length over its {@code window_start}, in milliseconds
 */
record DayWindows(
    String name, long firstStart, long lastStart, long end, String start, String length) {

  /** All windows of the metric on that day. */
  static List<DayWindows> of(MetricDefinition metric, LocalDate date, ZoneId zone) {
    WindowCalendar calendar = new WindowCalendar(zone);
    long midnight = date.atStartOfDay(zone).toInstant().toEpochMilli();
    TimeWindow day = calendar.day(midnight);
    List<DayWindows> windows = new ArrayList<>();
    for (WindowSize size : metric.windows()) {
      windows.add(
          size == WindowSize.ONE_DAY
              ? single(day)
              : tumbling(size, day, calendar.window(size, day.endMillis() - 1).endMillis(), zone));
    }
    for (int days : metric.rollingDays()) {
      windows.add(single(calendar.rollingUntil(days, midnight)));
    }
    return windows;
  }

  private static DayWindows single(TimeWindow window) {
    return new DayWindows(
        window.name(),
        window.startMillis(),
        window.startMillis(),
        window.endMillis(),
        "toInt64(%d)".formatted(window.startMillis()),
        Long.toString(window.endMillis() - window.startMillis()));
  }

  private static DayWindows tumbling(WindowSize size, TimeWindow day, long end, ZoneId zone) {
    long length = size.nominal().toMillis();
    String time = "toUnixTimestamp64Milli(time)";
    String offset = offset(time, day.startMillis(), end, zone);
    return new DayWindows(
        size.label(),
        day.startMillis(),
        day.endMillis() - 1,
        end,
        "%1$s - positiveModulo(%1$s + %2$s, %3$d)".formatted(time, offset, length),
        Long.toString(length));
  }

  /** The local offset at a time, in milliseconds, given each change between the two instants. */
  private static String offset(String time, long from, long until, ZoneId zone) {
    Instant instant = Instant.ofEpochMilli(from);
    long before = millis(zone, instant);
    StringBuilder cases = new StringBuilder();
    ZoneOffsetTransition change = zone.getRules().nextTransition(instant);
    while (change != null && change.getInstant().toEpochMilli() < until) {
      cases
          .append(time)
          .append(" < ")
          .append(change.getInstant().toEpochMilli())
          .append(", ")
          .append(before)
          .append(", ");
      before = millis(zone, change.getInstant());
      change = zone.getRules().nextTransition(change.getInstant());
    }
    return cases.isEmpty() ? Long.toString(before) : "multiIf(" + cases + before + ")";
  }

  private static long millis(ZoneId zone, Instant instant) {
    return zone.getRules().getOffset(instant).getTotalSeconds() * 1000L;
  }
}
