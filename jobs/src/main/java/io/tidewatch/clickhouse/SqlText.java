package io.tidewatch.clickhouse;

import java.time.Instant;

/** Values as SQL text. */
public final class SqlText {

  private SqlText() {}

  /** A string literal. */
  public static String literal(String value) {
    return "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }

  /** A time with its milliseconds, as columns of times have it. */
  public static String time(Instant time) {
    return time(time.toEpochMilli());
  }

  /** A time given in epoch milliseconds. */
  public static String time(long epochMillis) {
    return "fromUnixTimestamp64Milli(toInt64(%d), 'UTC')".formatted(epochMillis);
  }
}
