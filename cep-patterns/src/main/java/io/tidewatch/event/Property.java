package io.tidewatch.event;

import java.util.Set;

/**
 * A property of a catalogued event type.
 *
 * @param required an event without it is rejected
 * @param values the only values allowed; empty where any value is
 * @param minimum of an {@link Kind#INTEGER}
 * @param maximum of an {@link Kind#INTEGER}
 */
public record Property(
    String name, Kind kind, boolean required, Set<String> values, long minimum, long maximum) {

  /** What a property's value must be. */
  public enum Kind {
    /** A string; a number or a boolean is taken as its text. */
    TEXT,
    /** A JSON number. */
    NUMBER,
    /** A JSON number without fraction that fits 64 bits. */
    INTEGER,
    /** An exact decimal in major units of the event's currency: a number, or a string of one. */
    MONEY,
    /** {@code true} or {@code false}. */
    BOOLEAN,
    /** RFC 3339 with offset, a date alone (local midnight), or epoch milliseconds. */
    TIMESTAMP
  }

  static Property required(String name, Kind kind) {
    return new Property(name, kind, true, Set.of(), Long.MIN_VALUE, Long.MAX_VALUE);
  }

  static Property optional(String name, Kind kind) {
    return new Property(name, kind, false, Set.of(), Long.MIN_VALUE, Long.MAX_VALUE);
  }

  /** The same property, allowing nothing but these values. */
  Property oneOf(String... values) {
    return new Property(name, kind, required, Set.of(values), minimum, maximum);
  }

  /** The same property, allowing no less than this. */
  Property atLeast(long minimum) {
    return new Property(name, kind, required, values, minimum, maximum);
  }

  /** The same property, allowing no more than this. */
  Property atMost(long maximum) {
    return new Property(name, kind, required, values, minimum, maximum);
  }
}
