package io.tidewatch.customers;

import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ToLongFunction;

/** What a customer did on each of the last 30 local days on which anything happened. */
final class RecentDays {

  static final int LENGTH = 30;

  private final TreeMap<Long, DailyActivity> days = new TreeMap<>();

  /** The day to note something in; days that are 30 or more before the latest are forgotten. */
  DailyActivity on(long day) {
    if (days.isEmpty() || day > days.lastKey()) {
      days.headMap(day - LENGTH + 1).clear();
    } else if (day <= days.lastKey() - LENGTH) {
      return new DailyActivity();
    }
    return days.computeIfAbsent(day, d -> new DailyActivity());
  }

  /** Adds up one figure over so many days that end with {@code asOf}. */
  long sum(long asOf, int length, ToLongFunction<DailyActivity> figure) {
    return last(asOf, length).values().stream().mapToLong(figure).sum();
  }

  /** On how many of the days that end with {@code asOf} the customer used anything. */
  int activeDays(long asOf, int length) {
    return (int) last(asOf, length).values().stream().filter(day -> day.uses() > 0).count();
  }

  /** All days that are remembered, ascending. */
  SortedMap<Long, DailyActivity> all() {
    return days;
  }

  private SortedMap<Long, DailyActivity> last(long asOf, int length) {
    return days.subMap(asOf - length + 1, asOf + 1);
  }
}
