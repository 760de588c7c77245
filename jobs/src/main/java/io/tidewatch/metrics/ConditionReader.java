package io.tidewatch.metrics;

import io.tidewatch.config.YamlNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the {@code where} of an input: property to value, list of values, or comparison. */
public final class ConditionReader {

  private static final Pattern COMPARISON = Pattern.compile("(>=|<=|!=|>|<|=)\\s*(.*)");

  private ConditionReader() {}

  public static List<Condition> readAll(YamlNode node) {
    List<Condition> conditions = new ArrayList<>();
    node.map()
        .entries()
        .forEach((property, value) -> read(property, value).ifPresent(conditions::add));
    return conditions;
  }

  private static Optional<Condition> read(String property, YamlNode node) {
    if (!node.isList()) {
      return node.string().flatMap(text -> parse(property, text, node));
    }
    List<String> values = node.strings();
    if (values.isEmpty()) {
      node.problem("expected at least one value");
    }
    return Optional.of(new Condition.OneOf(property, values));
  }

  private static Optional<Condition> parse(String property, String text, YamlNode node) {
    Matcher matcher = COMPARISON.matcher(text);
    if (!matcher.matches()) {
      return Optional.of(new Condition.OneOf(property, List.of(text)));
    }
    String operand = matcher.group(2).strip();
    return switch (matcher.group(1)) {
      case "=" -> Optional.of(new Condition.OneOf(property, List.of(operand)));
      case "!=" -> Optional.of(new Condition.Not(property, operand));
      case "<" -> compare(property, Condition.Comparison.LESS, operand, node);
      case "<=" -> compare(property, Condition.Comparison.AT_MOST, operand, node);
      case ">" -> compare(property, Condition.Comparison.GREATER, operand, node);
      default -> compare(property, Condition.Comparison.AT_LEAST, operand, node);
    };
  }

  private static Optional<Condition> compare(
      String property, Condition.Comparison comparison, String operand, YamlNode node) {
    Decimal threshold = Decimal.parse(operand);
    if (threshold == null) {
      node.problem("expected a number to compare with, not '" + operand + "'");
      return Optional.empty();
    }
    return Optional.of(new Condition.Compare(property, comparison, threshold.toBigDecimal()));
  }
}
