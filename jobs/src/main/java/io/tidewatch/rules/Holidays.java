package io.tidewatch.rules;

import io.tidewatch.alert.MuteWindow;
import java.io.Serializable;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;

/** The days on which business is not as usual. */
public record Holidays(List<Holiday> days) implements Serializable {

  public static final Holidays NONE = new Holidays(List.of());

  public Holidays {
    days = List.copyOf(days);
  }

  /**
   * @param last the last day; the first one for a single day
   */
  public record Holiday(String name, LocalDate first, LocalDate last) implements Serializable {}

  /** Whether the window that ends then is of a holiday. */
  boolean haveWindowUntil(Instant end, ZoneId zone) {
    LocalDate day = end.minusMillis(1).atZone(zone).toLocalDate();
    return days.stream()
        .anyMatch(holiday -> !day.isBefore(holiday.first()) && !day.isAfter(holiday.last()));
  }

  /** Muted all through them. */
  List<MuteWindow> mutes() {
    return days.stream()
        .map(holiday -> MuteWindow.ofDates(holiday.first(), holiday.last()))
        .toList();
  }
}
