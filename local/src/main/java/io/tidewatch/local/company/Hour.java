package io.tidewatch.local.company;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/**
 * One hour of the company's life.
 *
 * @param number hours since the company began
 */
record Hour(long number, Instant start) {

  static final Duration LENGTH = Duration.ofHours(1);

  int ofDay() {
    return utc().getHour();
  }

  DayOfWeek weekday() {
    return utc().getDayOfWeek();
  }

  boolean isWeekend() {
    return weekday().compareTo(DayOfWeek.SATURDAY) >= 0;
  }

  /** Days since 1970. */
  long day() {
    return utc().toLocalDate().toEpochDay();
  }

  Instant end() {
    return start.plus(LENGTH);
  }

  private OffsetDateTime utc() {
    return start.atOffset(ZoneOffset.UTC);
  }
}
