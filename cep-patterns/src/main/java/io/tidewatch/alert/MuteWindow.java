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
 * @param first the first date on which it begins; null if it always did
 * @param last the last one; null if it goes on for ever
 * @param from when it begins
 * @param to when it ends; no later than {@code from}: on the day after
 */
public record MuteWindow(
    List<DayOfWeek> days, LocalDate first, LocalDate last, LocalTime from, LocalTime to)
    implements Serializable {

  public MuteWindow {
    days = List.copyOf(days);
  }

  /** Whole days, the last one included. */
  public static MuteWindow ofDates(LocalDate first, LocalDate last) {
    return new MuteWindow(
        List.of(DayOfWeek.values()), first, last, LocalTime.MIDNIGHT, LocalTime.MIDNIGHT);
  }

  /** The end of the window that this moment is in, if it is in one. */
  Optional<Instant> endAfter(Instant now, ZoneId zone) {
    LocalDate today = now.atZone(zone).toLocalDate();
    return Stream.of(today, today.minusDays(1))
        .filter(this::beginsOn)
        .filter(day -> !now.isBefore(day.atTime(from).atZone(zone).toInstant()))
        .map(day -> endOfThatOf(day).atTime(to).atZone(zone).toInstant())
        .filter(now::isBefore)
        .findFirst();
  }

  private boolean beginsOn(LocalDate day) {
    return days.contains(day.getDayOfWeek())
        && (first == null || !day.isBefore(first))
        && (last == null || !day.isAfter(last));
  }

  private LocalDate endOfThatOf(LocalDate day) {
    return to.isAfter(from) ? day : day.plusDays(1);
  }
}
