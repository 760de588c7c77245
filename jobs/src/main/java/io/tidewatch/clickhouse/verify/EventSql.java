package io.tidewatch.clickhouse.verify;

import static io.tidewatch.clickhouse.SqlText.literal;
import static java.util.stream.Collectors.joining;

import io.tidewatch.metrics.Condition;
import io.tidewatch.metrics.EventSelector;
import java.util.List;
import java.util.stream.Stream;

/** What a metric reads of an event, as expressions over the columns of {@code v_fact_events}. */
final class EventSql {

  private static final String PLAIN_NUMBER = "^-?[0-9]+(\\.[0-9]+)?$";
  private static final int LONGEST_NUMBER = 300;

  /** Digits after the point of every number that is computed with. */
  static final int SCALE = 18;

  private EventSql() {}

  /** A top-level key or property as text; NULL where the event lacks it. */
  static String text(String name) {
    return switch (name) {
      case "amount" -> "toString(amount)";
      case "currency", "customer_id", "user_id", "anonymous_id", "session_id" ->
          "nullIf(%s, '')".formatted(name);
      case "source", "type" -> name;
      default ->
          "if(mapContains(properties, %1$s), properties[%1$s], NULL)".formatted(literal(name));
    };
  }

  /** A top-level key or property as an exact decimal; NULL where it is absent or no number. */
  static String number(String name) {
    return name.equals("amount")
        ? "toDecimal256(amount, %d)".formatted(SCALE)
        : numberOf(text(name));
  }

  /** The first of the texts that is neither absent nor empty; NULL if none. */
  static String firstText(List<String> names) {
    return names.stream()
        .map(name -> "nullIf(%s, '')".formatted(text(name)))
        .collect(joining(", ", "coalesce(", ")"));
  }

  /** Whether an input takes the event. */
  static String matches(EventSelector events, List<Condition> where) {
    return Stream.concat(
            Stream.of(type(events)),
            where.stream().map(condition -> "ifNull(%s, 0)".formatted(holds(condition))))
        .collect(joining(" AND "));
  }

  /** The series of the event; the dimensions are in ascending order. */
  static String series(List<String> dimensions) {
    if (dimensions.isEmpty()) {
      return "''";
    }
    return dimensions.stream()
        .map(
            dimension ->
                "%s, '=', %s"
                    .formatted(
                        percentEncoded(literal(dimension)),
                        percentEncoded("ifNull(%s, '')".formatted(text(dimension)))))
        .collect(joining(", ',', ", "concat(", ")"));
  }

  static String type(EventSelector events) {
    return events.isAny() ? "1" : "type IN " + list(events.types().stream());
  }

  private static String holds(Condition condition) {
    if (condition instanceof Condition.OneOf oneOf) {
      return isOneOf(text(oneOf.property()), oneOf.values());
    }
    if (condition instanceof Condition.Not not) {
      return "NOT ifNull(%s, 0) AND %s IS NOT NULL"
          .formatted(isOneOf(text(not.property()), List.of(not.value())), text(not.property()));
    }
    if (condition instanceof Condition.Compare compare) {
      return "%s %s %s"
          .formatted(
              numberOf(text(compare.property())),
              operator(compare.comparison()),
              decimal(compare.threshold().toPlainString()));
    }
    throw new IllegalArgumentException("No SQL for the condition " + condition);
  }

  private static String isOneOf(String text, List<String> values) {
    String alternatives = "%s IN %s".formatted(text, list(values.stream()));
    List<String> numbers = values.stream().filter(value -> value.matches(PLAIN_NUMBER)).toList();
    return numbers.isEmpty()
        ? alternatives
        : "(%s OR ifNull(%s, 0))"
            .formatted(
                alternatives,
                numbers.stream()
                    .map(number -> "%s = %s".formatted(numberOf(text), decimal(number)))
                    .collect(joining(" OR ")));
  }

  private static String operator(Condition.Comparison comparison) {
    return switch (comparison) {
      case LESS -> "<";
      case AT_MOST -> "<=";
      case GREATER -> ">";
      case AT_LEAST -> ">=";
    };
  }

  static String decimal(String number) {
    return "toDecimal256('%s', %d)".formatted(number, SCALE);
  }

  private static String numberOf(String text) {
    return "toDecimal256OrNull(if(match(%1$s, %2$s) AND length(%1$s) <= %3$d, %1$s, NULL), %4$d)"
        .formatted(text, literal(PLAIN_NUMBER), LONGEST_NUMBER, SCALE);
  }

  private static String percentEncoded(String text) {
    return "replaceAll(replaceAll(replaceAll(%s, '%%', '%%25'), ',', '%%2C'), '=', '%%3D')"
        .formatted(text);
  }

  private static String list(Stream<String> values) {
    return values.map(value -> literal(value)).collect(joining(", ", "(", ")"));
  }
}
