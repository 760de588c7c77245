package io.tidewatch.ingest;

import java.time.Instant;

/** What the tables hold. Ingest rejects an event beyond it, so that no insert is ever refused. */
public final class Limits {

  /** The largest record that is parsed, in bytes. */
  public static final int RECORD_BYTES = 1 << 20;

  /** The longest text of a property, in characters. */
  public static final int TEXT_CHARACTERS = 1 << 16;

  /** The longest name of a property or type and the longest identifier, in characters. */
  public static final int NAME_CHARACTERS = 256;

  /** The longest {@code id} of an event, in characters. */
  public static final int ID_CHARACTERS = 128;

  /** The most properties of an event, after flattening. */
  public static final int PROPERTIES = 1_000;

  /** The deepest nesting of objects and arrays. */
  public static final int DEPTH = 64;

  /** Digits before and after the point that {@code Decimal(18, 4)} holds. */
  public static final int MONEY_INTEGER_DIGITS = 14;

  public static final int MONEY_DECIMALS = 4;

  /** Digits before and after the point of any other number: sums of it stay exact. */
  public static final int NUMBER_INTEGER_DIGITS = 30;

  public static final int NUMBER_DECIMALS = 1_100;

  /** The first and the last instant of {@code DateTime64(3)}. */
  public static final Instant FIRST_TIME = Instant.parse("1900-01-01T00:00:00.000Z");

  public static final Instant LAST_TIME = Instant.parse("2299-12-31T23:59:59.999Z");

  /** The most characters of its payload that a dead letter keeps. */
  public static final int PAYLOAD_CHARACTERS = 1 << 16;

  private Limits() {}

  /** The nearest instant that the tables hold. */
  public static Instant clamp(Instant time) {
    if (time.isBefore(FIRST_TIME)) {
      return FIRST_TIME;
    }
    return time.isAfter(LAST_TIME) ? LAST_TIME : time;
  }
}
