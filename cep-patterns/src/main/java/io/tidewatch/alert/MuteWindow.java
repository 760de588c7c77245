package io.tidewatch.alert;

import java.io.Serializable;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * When a rule is muted: at certain hours, in local time.
 *
 * @param days on which it begins
 * @param firstDay the first one, days since 1970
 * @param lastDay the last one
 * @param from minute of the day at which it begins
 * @param to minute at which it ends; no later than {@code from}: on the day after
 */
public record MuteWindow(List<DayOfWeek> days, long firstDay, long lastDay, int from, int to)
    implements Serializable {

  private static final int SECONDS_PER_MINUTE = 60;

  public MuteWindow {
    days = List.copyOf(days);
  }

  /** Each week. */
  public static MuteWindow weekly(List<DayOfWeek> days, LocalTime from, LocalTime to) {
    return new MuteWindow(days, Long.MIN_VALUE, Long.MAX_VALUE, minuteOf(from), minuteOf(to));
  }

  /** Once, whole days, the last one included. */
  public static MuteWindow ofDates(LocalDate first, LocalDate last) {
    return new MuteWindow(List.of(DayOfWeek.values()), first.toEpochDay(), last.toEpochDay(), 0, 0);
  }

  /** The end of the window that this moment is in, if it is in one. */
  Optional<Instant> endAfter(Instant now, ZoneId zone) {
    LocalDate today = now.atZone(zone).toLocalDate();
    return Stream.of(today, today.minusDays(1))
        .filter(this::beginsOn)
        .filter(day -> !now.isBefore(at(day, from, zone)))
        .map(day -> at(to > from ? day : day.plusDays(1), to, zone))
        .filter(now::isBefore)
        .findFirst();
  }

  private boolean beginsOn(LocalDate day) {
    return days.contains(day.getDayOfWeek())
        && day.toEpochDay() >= firstDay
        && day.toEpochDay() <= lastDay;
  }

  private static Instant at(LocalDate day, int minute, ZoneId zone) {
    return day.atTime(LocalTime.ofSecondOfDay((long) minute * SECONDS_PER_MINUTE))
        .atZone(zone)
        .toInstant();
  }

  private static int minuteOf(LocalTime time) {
    return time.toSecondOfDay() / SECONDS_PER_MINUTE;
  }
}
