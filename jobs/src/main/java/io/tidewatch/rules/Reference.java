package io.tidewatch.rules;

import io.tidewatch.metric.MetricWindow;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** Which earlier windows say what is usual. */
public enum Reference {
  /** The window just before; of windows that end at midnight, the one a day before. */
  PREVIOUS,
  /** Those of the same local time on the days before. */
  SAME_HOUR,
  /** Those of the same local time on the same weekday of the weeks before. */
  SAME_WEEKDAY_HOUR;

  private static final int DAYS_OF_WEEK = 7;

  /** A window that ends at local midnights is no shorter, even when the clocks change. */
  private static final Duration SHORTEST_DAY = Duration.ofHours(23);

  /**
   * Where the earlier windows ended, epoch milliseconds, the latest first.
   *
   * @param days how far back
   */
  LongStream ends(MetricWindow window, int days, ZoneId zone) {
    return switch (this) {
      case PREVIOUS ->
          isOfDays(window)
              ? LongStream.of(daysBefore(window.windowEnd(), 1, zone))
              : LongStream.of(window.windowStart().toEpochMilli());
      case SAME_HOUR ->
          IntStream.rangeClosed(1, days)
              .mapToLong(day -> daysBefore(window.windowEnd(), day, zone));
      case SAME_WEEKDAY_HOUR ->
          IntStream.rangeClosed(1, days / DAYS_OF_WEEK)
              .mapToLong(week -> daysBefore(window.windowEnd(), week * DAYS_OF_WEEK, zone));
    };
  }

  /** How many windows there are at most so many days back. */
  int windowsWithin(int days) {
    return switch (this) {
      case PREVIOUS -> 1;
      case SAME_HOUR -> days;
      case SAME_WEEKDAY_HOUR -> days / DAYS_OF_WEEK;
    };
  }

  private static boolean isOfDays(MetricWindow window) {
    return Duration.between(window.windowStart(), window.windowEnd()).compareTo(SHORTEST_DAY) >= 0;
  }

  private static long daysBefore(Instant end, int days, ZoneId zone) {
    return end.atZone(zone).minusDays(days).toInstant().toEpochMilli();
  }
}
