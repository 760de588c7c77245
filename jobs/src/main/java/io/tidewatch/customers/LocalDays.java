package io.tidewatch.customers;

import java.io.Serializable;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;

/** Days from local midnight to local midnight, counted as epoch days. */
public record LocalDays(ZoneId zone) implements Serializable {

  /** The day of that moment. */
  public long of(Instant time) {
    return LocalDate.ofInstant(time, zone).toEpochDay();
  }

  /** The midnight that begins the day. */
  public Instant startOf(long day) {
    return LocalDate.ofEpochDay(day).atStartOfDay(zone).toInstant();
  }
}
