package io.tidewatch.time;

import java.time.Instant;
import java.time.LocalDate;

/**
 * Times as texts in UTC, cut to milliseconds. Put together by hand, as each row that is written has
 * several of them.
 */
public final class UtcTime {

  private static final int MILLIS_PER_DAY = 86_400_000;

  private UtcTime() {}

  /** By RFC 3339, such as {@code 2026-03-01T10:00:05.123Z}. */
  public static String rfc3339(Instant time) {
    return write(time, 'T').append('Z').toString();
  }

  /** As ClickHouse reads it, such as {@code 2026-03-01 10:00:05.123}. */
  public static String sql(Instant time) {
    return write(time, ' ').toString();
  }

  private static StringBuilder write(Instant time, char separator) {
    long millis = time.toEpochMilli();
    int ofDay = Math.floorMod(millis, MILLIS_PER_DAY);
    StringBuilder text = new StringBuilder(24);
    writeDate(LocalDate.ofEpochDay(Math.floorDiv(millis, MILLIS_PER_DAY)), text).append(separator);
    writeDigits(ofDay / 3_600_000, 10, text).append(':');
    writeDigits(ofDay / 60_000 % 60, 10, text).append(':');
    writeDigits(ofDay / 1000 % 60, 10, text).append('.');
    return writeDigits(ofDay % 1000, 100, text);
  }

  private static StringBuilder writeDate(LocalDate date, StringBuilder text) {
    if (date.getYear() < 0 || date.getYear() > 9999) {
      return text.append(date);
    }
    writeDigits(date.getYear(), 1000, text).append('-');
    writeDigits(date.getMonthValue(), 10, text).append('-');
    return writeDigits(date.getDayOfMonth(), 10, text);
  }

  private static StringBuilder writeDigits(int number, int firstUnit, StringBuilder text) {
    for (int unit = firstUnit; unit > 0; unit /= 10) {
      text.append((char) ('0' + number / unit % 10));
    }
    return text;
  }
}
