package io.tidewatch.metrics;

import io.tidewatch.event.Event;
import java.io.Serializable;
import java.math.BigDecimal;
import java.util.List;

/**
 * A condition on one property of an event. On an event without that property it is false, whatever
 * it asks.
 */
public sealed interface Condition extends Serializable {

  boolean holds(Event event);

  String canonical();

  /** The property is one of the values; numbers compare as numbers, so 9.0 is 9. */
  record OneOf(String property, List<String> values) implements Condition {

    public OneOf {
      values = values.stream().map(Condition::normalized).sorted().distinct().toList();
    }

    @Override
    public boolean holds(Event event) {
      String value = event.get(property);
      return value != null && (values.contains(value) || values.contains(normalized(value)));
    }

    @Override
    public String canonical() {
      return property + values;
    }
  }

  /** The property differs from the value. */
  record Not(String property, String value) implements Condition {

    public Not {
      value = normalized(value);
    }

    @Override
    public boolean holds(Event event) {
      String actual = event.get(property);
      return actual != null && !normalized(actual).equals(value);
    }

    @Override
    public String canonical() {
      return property + "!=" + value;
    }
  }

  /** The property is a number on one side of the threshold. */
  record Compare(String property, Comparison comparison, BigDecimal threshold)
      implements Condition {

    @Override
    public boolean holds(Event event) {
      Decimal number = Decimal.parse(event.get(property));
      return number != null && comparison.accepts(number.toBigDecimal().compareTo(threshold));
    }

    @Override
    public String canonical() {
      return property + comparison + threshold.stripTrailingZeros().toPlainString();
    }
  }

  /** Which side of the threshold. */
  enum Comparison {
    LESS,
    AT_MOST,
    GREATER,
    AT_LEAST;

    boolean accepts(int sign) {
      return switch (this) {
        case LESS -> sign < 0;
        case AT_MOST -> sign <= 0;
        case GREATER -> sign > 0;
        case AT_LEAST -> sign >= 0;
      };
    }
  }

  private static String normalized(String text) {
    Decimal number = Decimal.parse(text);
    return number == null ? text : number.toBigDecimal().stripTrailingZeros().toPlainString();
  }
}
