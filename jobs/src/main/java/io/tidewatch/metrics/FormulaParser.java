package io.tidewatch.metrics;

import io.tidewatch.config.DidYouMean;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Reads a formula by recursive descent.
 *
 * <pre>
 * sum     = product {("+" | "-") product}
 * product = factor {("*" | "/") factor}
 * factor  = number | name | "(" sum ")" | "-" factor
 * </pre>
 */
final class FormulaParser {

  private static final int MAX_LENGTH = 1_000;
  private static final Expression NOTHING = new Expression.Constant(BigDecimal.ZERO);

  private final String text;
  private final List<String> names;
  private final Consumer<String> problems;
  private int position;
  private boolean failed;

  private FormulaParser(String text, List<String> names, Consumer<String> problems) {
    this.text = text;
    this.names = names;
    this.problems = problems;
  }

  /** The expression; empty, and problems, if the text is not one over the names. */
  static Optional<Expression> parse(String text, List<String> names, Consumer<String> problems) {
    if (text.length() > MAX_LENGTH) {
      problems.accept("the formula is longer than " + MAX_LENGTH + " characters");
      return Optional.empty();
    }
    FormulaParser parser = new FormulaParser(text, names, problems);
    try {
      Expression expression = parser.sum();
      if (parser.peek() != 0) {
        throw parser.unexpected("an operator");
      }
      return parser.failed ? Optional.empty() : Optional.of(expression);
    } catch (SyntaxException e) {
      problems.accept(e.getMessage());
      return Optional.empty();
    }
  }

  private Expression sum() {
    Expression left = product();
    while (true) {
      if (take('+')) {
        left = new Expression.Binary(Expression.Operator.ADD, left, product());
      } else if (take('-')) {
        left = new Expression.Binary(Expression.Operator.SUBTRACT, left, product());
      } else {
        return left;
      }
    }
  }

  private Expression product() {
    Expression left = factor();
    while (true) {
      if (take('*')) {
        left = new Expression.Binary(Expression.Operator.MULTIPLY, left, factor());
      } else if (take('/')) {
        left = new Expression.Binary(Expression.Operator.DIVIDE, left, factor());
      } else {
        return left;
      }
    }
  }

  private Expression factor() {
    if (take('-')) {
      return new Expression.Binary(Expression.Operator.SUBTRACT, NOTHING, factor());
    }
    if (take('(')) {
      Expression inner = sum();
      if (!take(')')) {
        throw unexpected("')'");
      }
      return inner;
    }
    if (isDigit(peek())) {
      return number();
    }
    if (isNameStart(peek())) {
      return variable();
    }
    throw unexpected("a number, a name or '('");
  }

  private Expression number() {
    int start = position;
    while (isDigit(current()) || current() == '.') {
      position++;
    }
    Decimal number = Decimal.parse(text.substring(start, position));
    if (number == null) {
      throw new SyntaxException("'" + text.substring(start, position) + "' is not a number");
    }
    return new Expression.Constant(number.toBigDecimal());
  }

  private Expression variable() {
    int start = position;
    while (isNameStart(current()) || isDigit(current())) {
      position++;
    }
    String name = text.substring(start, position);
    int index = names.indexOf(name);
    if (index < 0) {
      failed = true;
      problems.accept("there is no input '" + name + "'" + DidYouMean.hint(name, names));
      return NOTHING;
    }
    return new Expression.Variable(index, name);
  }

  private boolean take(char symbol) {
    if (peek() != symbol) {
      return false;
    }
    position++;
    return true;
  }

  /** The next character that is no space; 0 at the end. */
  private char peek() {
    while (Character.isWhitespace(current())) {
      position++;
    }
    return current();
  }

  private char current() {
    return position < text.length() ? text.charAt(position) : 0;
  }

  private SyntaxException unexpected(String expected) {
    String found = peek() == 0 ? "the formula ends" : "there is '" + peek() + "'";
    return new SyntaxException(
        "expected " + expected + " at character " + (position + 1) + ", where " + found);
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static boolean isNameStart(char c) {
    return c == '_' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  private static final class SyntaxException extends RuntimeException {
    SyntaxException(String message) {
      super(message);
    }
  }
}
