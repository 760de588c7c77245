package io.tidewatch.metrics;

import java.io.Serializable;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Arithmetic over a metric's inputs: {@code + - * /}, parentheses, numbers, the names of inputs,
 * and {@code window_start} and {@code window_end} in epoch seconds.
 */
public final class Formula implements Serializable {

  static final List<String> WINDOW_NAMES = List.of("window_start", "window_end");

  private final Expression expression;

  private Formula(Expression expression) {
    this.expression = expression;
  }

  /** The formula of a metric with one input: its value. */
  public static Formula ofOnly(String input) {
    return new Formula(new Expression.Variable(0, input));
  }

  /**
   * Reads a formula.
   *
   * @param inputs names of the metric's inputs, each of which it must use
   * @param problems takes a sentence for everything wrong with it
   */
  public static Optional<Formula> parse(
      String text, List<String> inputs, Consumer<String> problems) {
    List<String> names = Stream.concat(inputs.stream(), WINDOW_NAMES.stream()).toList();
    Optional<Expression> expression = FormulaParser.parse(text, names, problems);
    List<String> unused =
        expression.stream()
            .flatMap(
                e ->
                    IntStream.range(0, inputs.size()).filter(i -> !e.uses(i)).mapToObj(inputs::get))
            .toList();
    unused.forEach(input -> problems.accept("the formula does not use input '" + input + "'"));
    return unused.isEmpty() ? expression.map(Formula::new) : Optional.empty();
  }

  /** Whether it at most adds and subtracts, so that sums of money stay exact. */
  public boolean isAdditive() {
    return expression.isAdditive();
  }

  /** Whether it divides: then there may be no value any more when inputs have grown. */
  public boolean divides() {
    return expression.divides();
  }

  /** The value; empty after a division by zero or beyond what a double holds. */
  OptionalDouble evaluate(double[] inputs, Instant windowStart, Instant windowEnd) {
    double[] values = new double[inputs.length + WINDOW_NAMES.size()];
    System.arraycopy(inputs, 0, values, 0, inputs.length);
    values[inputs.length] = epochSeconds(windowStart).doubleValue();
    values[inputs.length + 1] = epochSeconds(windowEnd).doubleValue();
    double value = expression.evaluate(values);
    return Double.isFinite(value) ? OptionalDouble.of(value) : OptionalDouble.empty();
  }

  /** The exact value of an additive formula. */
  BigDecimal evaluate(BigDecimal[] inputs, Instant windowStart, Instant windowEnd) {
    BigDecimal[] values = new BigDecimal[inputs.length + WINDOW_NAMES.size()];
    System.arraycopy(inputs, 0, values, 0, inputs.length);
    values[inputs.length] = epochSeconds(windowStart);
    values[inputs.length + 1] = epochSeconds(windowEnd);
    return expression.evaluate(values);
  }

  /** Puts something else together as the formula is: each part from what its operands became. */
  public <R> R fold(Fold<R> fold) {
    return expression.fold(fold);
  }

  /** What each part of a formula becomes. */
  public interface Fold<R> {

    R constant(BigDecimal number);

    /** An input, {@code window_start} or {@code window_end}. */
    R variable(String name);

    R add(R left, R right);

    R subtract(R left, R right);

    R multiply(R left, R right);

    R divide(R left, R right);
  }

  private static BigDecimal epochSeconds(Instant instant) {
    return BigDecimal.valueOf(instant.toEpochMilli(), 3);
  }

  @Override
  public String toString() {
    return expression.toString();
  }
}
