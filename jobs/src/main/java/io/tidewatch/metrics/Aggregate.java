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

  /** Reads events as {@link #read} does, for whoever reads many. */
  @FunctionalInterface
  interface Reader {
    Reading read(Event event);
  }

  public Aggregate {
    properties = List.copyOf(properties);
  }

  /** What the event gives to this aggregate; null if it lacks the property or it is no number. */
  Reading read(Event event) {
    return reader().read(event);
  }

  Reader reader() {
    return switch (function) {
      case COUNT -> event -> Reading.PRESENT;
      case DISTINCT -> textReader();
      case SUM, AVG, MIN, MAX, LAST, P50, P95, P99 -> numberReader();
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

  private Reader textReader() {
    var texts = properties.stream().map(Event::reader).toList();
    return event -> {
      for (var reader : texts) {
        String text = reader.apply(event);
        if (text != null && !text.isEmpty()) {
          return new Reading(event, null, TextHash.of(text));
        }
      }
      return null;
    };
  }

  private Reader numberReader() {
    if (properties.get(0).equals(AMOUNT)) {
      return event ->
          event.amount() == null ? null : new Reading(event, Decimal.of(event.amount()), 0);
    }
    var text = Event.reader(properties.get(0));
    return event -> {
      Decimal number = Decimal.parse(text.apply(event));
      return number == null ? null : new Reading(event, number, 0);
    };
  }

  String canonical() {
    return function + properties.toString();
  }
}
