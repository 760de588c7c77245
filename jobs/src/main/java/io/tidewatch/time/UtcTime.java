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
    text.append(LocalDate.ofEpochDay(Math.floorDiv(millis, MILLIS_PER_DAY))).append(separator);
    writeDigits(ofDay / 3_600_000, 2, text).append(':');
    writeDigits(ofDay / 60_000 % 60, 2, text).append(':');
    writeDigits(ofDay / 1000 % 60, 2, text).append('.');
    return writeDigits(ofDay % 1000, 3, text);
  }

  private static StringBuilder writeDigits(int number, int digits, StringBuilder text) {
    for (int unit = digits == 3 ? 100 : 10; unit > 0; unit /= 10) {
      text.append((char) ('0' + number / unit % 10));
    }
    return text;
  }
}
