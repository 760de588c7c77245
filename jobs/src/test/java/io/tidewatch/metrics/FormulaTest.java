package io.tidewatch.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class FormulaTest {

  private static final Instant START = Instant.ofEpochSecond(3_600);
  private static final Instant END = Instant.ofEpochSecond(7_200);

  private final List<String> problems = new ArrayList<>();

  @Test
  void multipliesBeforeItAdds() {
    assertThat(value("a + b * 2", 1, 3)).hasValue(7); // 1 + 6
    assertThat(value("(a + b) * 2", 1, 3)).hasValue(8); // 4 × 2
    assertThat(value("a / b / 2", 12, 3)).hasValue(2); // (12 ÷ 3) ÷ 2
    assertThat(value("a - b - 2", 12, 3)).hasValue(7); // (12 − 3) − 2
    assertThat(value("-a * -b", 2, 3)).hasValue(6);
    assertThat(value("a - -b", 2, 3)).hasValue(5);
    assertThat(value(" 0.5*a+b ", 2, 3)).hasValue(4);
  }

  @Test
  void knowsTheWindow() {
    assertThat(value("window_end - a - b", 7_000, 100)).hasValue(100);
    assertThat(value("(a + b) / (window_end - window_start)", 1_800, 1_800)).hasValue(1);
  }

  @Test
  void hasNoValueAfterADivisionByZero() {
    assertThat(value("a / b", 1, 0)).isEmpty();
    assertThat(value("a / b", 0, 0)).isEmpty();
    assertThat(value("0 * (a / b)", 1, 0)).isEmpty();
    assertThat(value("1 / (1 / (a - a) + b)", 1, 0)).isEmpty();
  }

  @Test
  void knowsWhetherItDivides() {
    assertThat(parse("a + 2 * (b - a / b)").orElseThrow().divides()).isTrue();
    assertThat(parse("a + 2 * (b - a)").orElseThrow().divides()).isFalse();
    assertThat(Formula.ofOnly("a").divides()).isFalse();
  }

  @Test
  void isExactWhereItAtMostAddsAndSubtracts() {
    Formula formula = parse("a - (b + 0.1)").orElseThrow();
    assertThat(formula.isAdditive()).isTrue();
    BigDecimal[] inputs = {new BigDecimal("0.3"), new BigDecimal("0.1")};
    assertThat(formula.evaluate(inputs, START, END)).isEqualTo("0.1"); // 0.3 − 0.2, no 0.0999…
    assertThat(parse("a * 1 + b").orElseThrow().isAdditive()).isFalse();
    assertThat(parse("a / b").orElseThrow().isAdditive()).isFalse();
    assertThat(Formula.ofOnly("a").isAdditive()).isTrue();
  }

  @Test
  void printsTheSameForTheSameArithmetic() {
    assertThat(parse("a+b *2.0")).map(Formula::toString).contains("(a + (b * 2))");
  }

  @Test
  void reportsWhatItCannotRead() {
    parse("a + bb");
    parse("a + b +");
    parse("(a + b");
    parse("a b");
    parse("a + b # c");
    parse("a * 1.2.3 + b");
    parse("a + x + y");
    parse("a");
    parse("");
    parse("a + ".repeat(300) + "b");
    assertThat(problems)
        .containsExactly(
            "there is no input 'bb'; did you mean 'b'?",
            "expected a number, a name or '(' at character 8, where the formula ends",
            "expected ')' at character 7, where the formula ends",
            "expected an operator at character 3, where there is 'b'",
            "expected an operator at character 7, where there is '#'",
            "'1.2.3' is not a number",
            "there is no input 'x'",
            "there is no input 'y'",
            "the formula does not use input 'b'",
            "expected a number, a name or '(' at character 1, where the formula ends",
            "the formula is longer than 1000 characters");
  }

  private OptionalDouble value(String text, double a, double b) {
    return parse(text).orElseThrow().evaluate(new double[] {a, b}, START, END);
  }

  private Optional<Formula> parse(String text) {
    return Formula.parse(text, List.of("a", "b"), problems::add);
  }
}
