package io.tidewatch.metrics;

import io.tidewatch.event.Event;
import java.io.Serializable;
import java.util.List;

/**
 * What an input makes of its events.
 *
 * @param properties none for {@link Function#COUNT}; for {@link Function#DISTINCT} the first one
 *     present counts; else exactly one
 */
public record Aggregate(Function function, List<String> properties) implements Serializable {

  private static final String AMOUNT = "amount";

  /** The aggregate functions of {@code metrics.yaml}; their names there are in lower case. */
  public enum Function {
    COUNT,
    /** Exact decimal sum. */
    SUM,
    /** Exact sum ÷ count. */
    AVG,
    MIN,
    MAX,
    /** The value of the event that is greatest by (time, source, id). */
    LAST,
    /** Number of different values: exact to 10,000, then within 1 %. */
    DISTINCT,
    P50,
    P95,
    P99;

    /** Whether no event at all makes 0 of it, and not nothing. */
    boolean isZeroWhenAbsent() {
      return this == COUNT || this == SUM;
    }
  }

  public Aggregate {
    properties = List.copyOf(properties);
  }

  /** What the event gives to this aggregate; null if it lacks the property or it is no number. */
  Reading read(Event event) {
    return switch (function) {
      case COUNT -> Reading.PRESENT;
      case DISTINCT -> readText(event);
      case SUM, AVG, MIN, MAX, LAST, P50, P95, P99 -> readNumber(event);
    };
  }

  /** Whether both make the same reading of any event. */
  boolean readsLike(Aggregate other) {
    return properties.equals(other.properties)
        && (function == Function.DISTINCT) == (other.function == Function.DISTINCT);
  }

  /** Whether it adds up money, so that a second currency matters. */
  boolean isOfAmount() {
    return function != Function.DISTINCT && properties.contains(AMOUNT);
  }

  private Reading readText(Event event) {
    for (String property : properties) {
      String text = event.get(property);
      if (text != null && !text.isEmpty()) {
        return new Reading(event, null, TextHash.of(text));
      }
    }
    return null;
  }

  private Reading readNumber(Event event) {
    String property = properties.get(0);
    Decimal number;
    if (property.equals(AMOUNT)) {
      number = event.amount() == null ? null : Decimal.of(event.amount());
    } else {
      number = Decimal.parse(event.get(property));
    }
    return number == null ? null : new Reading(event, number, 0);
  }

  String canonical() {
    return function + properties.toString();
  }
}
