package io.tidewatch.ingest;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.regex.Pattern;

/** Reads times as producers write them, to the millisecond; what is finer is cut off. */
public final class Timestamps {

  private static final int MILLIS_PER_SECOND = 1_000;
  private static final long MILLIS_PER_MINUTE = 60_000;
  private static final long MILLIS_PER_DAY = 86_400_000;
  private static final int NO_OFFSET = Integer.MIN_VALUE;
  private static final Pattern INTEGER = Pattern.compile("-?[0-9]+");

  private Timestamps() {}

  /** A date-time of RFC 3339, which has an offset; null if the text is none. */
  static Instant parse(String text) {
    int length = text.length();
    if (length < "2026-01-01T00:00:00Z".length()
        || text.charAt(4) != '-'
        || text.charAt(7) != '-'
        || "Tt ".indexOf(text.charAt(10)) < 0
        || text.charAt(13) != ':'
        || text.charAt(16) != ':') {
      return null;
    }
    int year = digits(text, 0, 4);
    int month = digits(text, 5, 7);
    int day = digits(text, 8, 10);
    int hour = digits(text, 11, 13);
    int minute = digits(text, 14, 16);
    int second = digits(text, 17, 19);
    boolean leapSecond = minute == 59 && second == 60;
    if ((year | month | day | hour | minute | second) < 0
        || hour > 23
        || minute > 59
        || (second > 59 && !leapSecond)) {
      return null;
    }
    int position = 19;
    int millis = 0;
    if (text.charAt(position) == '.') {
      int start = ++position;
      for (int weight = 100; position < length && isDigit(text.charAt(position)); weight /= 10) {
        millis += weight * (text.charAt(position) - '0');
        position++;
      }
      if (position == start) {
        return null;
      }
    }
    int offset = offsetMinutes(text, position);
    if (offset == NO_OFFSET) {
      return null;
    }
    try {
      long days = LocalDate.of(year, month, day).toEpochDay();
      return Instant.ofEpochMilli(
          days * MILLIS_PER_DAY
              + (hour * 60L + minute - offset) * MILLIS_PER_MINUTE
              + second * MILLIS_PER_SECOND
              + millis);
    } catch (DateTimeException noSuchDay) {
      return null;
    }
  }

  /**
   * A property of a timestamp's kind: RFC 3339, a date alone (local midnight) or epoch
   * milliseconds.
   *
   * @return null if the text is absent or none of these
   */
  public static Instant parseProperty(String text, ZoneId zone) {
    if (text == null) {
      return null;
    }
    if (INTEGER.matcher(text).matches()) {
      return ofEpochMillis(text);
    }
    Instant instant = parse(text);
    if (instant != null) {
      return instant;
    }
    try {
      return LocalDate.parse(text).atStartOfDay(zone).toInstant();
    } catch (DateTimeParseException unreadable) {
      return null;
    }
  }

  /** Epoch milliseconds from the text of an integer; an instant of any range. */
  static Instant ofEpochMillis(String text) {
    int digits = text.startsWith("-") ? text.length() - 1 : text.length();
    if (digits > 18) {
      return text.startsWith("-") ? Instant.MIN : Instant.MAX;
    }
    return Instant.ofEpochMilli(Long.parseLong(text));
  }

  /** Epoch seconds from the text of an integer; an instant of any range. */
  static Instant ofEpochSeconds(String text) {
    int digits = text.startsWith("-") ? text.length() - 1 : text.length();
    if (digits > 15) {
      return text.startsWith("-") ? Instant.MIN : Instant.MAX;
    }
    return Instant.ofEpochSecond(Long.parseLong(text));
  }

  private static int offsetMinutes(String text, int position) {
    if (position >= text.length()) {
      return NO_OFFSET;
    }
    char sign = text.charAt(position);
    if (sign == 'Z' || sign == 'z') {
      return position + 1 == text.length() ? 0 : NO_OFFSET;
    }
    if ((sign != '+' && sign != '-')
        || text.length() != position + "+00:00".length()
        || text.charAt(position + 3) != ':') {
      return NO_OFFSET;
    }
    int hours = digits(text, position + 1, position + 3);
    int minutes = digits(text, position + 4, position + 6);
    if (hours < 0 || hours > 23 || minutes < 0 || minutes > 59) {
      return NO_OFFSET;
    }
    int offset = hours * 60 + minutes;
    return sign == '-' ? -offset : offset;
  }

  /** The number these characters write; negative if one is no digit. */
  private static int digits(String text, int from, int to) {
    int number = 0;
    for (int i = from; i < to; i++) {
      char character = text.charAt(i);
      if (!isDigit(character)) {
        return -1;
      }
      number = 10 * number + character - '0';
    }
    return number;
  }

  private static boolean isDigit(char character) {
    return character >= '0' && character <= '9';
  }
}
