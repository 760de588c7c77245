package io.tidewatch.pattern;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidewatch.alert.Alert;
import io.tidewatch.alert.Evidence;
import io.tidewatch.alert.Figures;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Three declines by a tenth within less than five days, or below 70 % of last week. */
class RevenueDropTest {

  private static final Duration DAY = Duration.ofDays(1);

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiterString = " = ",
      value = {
        "declines = 100 90 81 72 = fires(2..4)",
        "one short of it = 100 90 81 80 = nothing",
        "not by a tenth = 100 90 81 73 = nothing",
        "declines that go on are one drop = 1000 900 800 700 600 500 400 = fires(2..4)",
        "of little = 49 40 30 20 10 = nothing",
        "down to little = 70 60 50 40 = fires(2..4)",
        "recovery = 100 90 80 70 70 = fires(2..4) recovered(2..5)",
        "no recovery while it declines = 100 90 80 70 60 60 = fires(2..4) recovered(2..6)",
        "fall = 100 100 100 100 100 100 100 69 = fires(8..8)",
        "just at the ratio = 100 100 100 100 100 100 100 70 = nothing",
        "a fall of little = 49 49 49 49 49 49 49 10 = nothing",
        "still fallen is one drop = 100 100 100 100 100 100 100 60 60 60 = fires(8..8)",
        "recovery from a fall = 100 100 100 100 100 100 100 60 80 = fires(8..8) recovered(8..9)",
        "a fall after declines is the fall alone = 100 100 100 100 100 100 100 90 80 60"
            + " = fires(10..10)",
        "as last week = 100 100 50 100 100 100 100 100 100 50 = nothing",
        "last week is missing = 100 - - - - - - - 60 = nothing",
        "nothing before, neither the day nor the week = 100 - 50 = nothing",
        "missing neither breaks nor prolongs = 100 90 - 80 70 60 = fires(2..6)",
        "timeout = 100 90 - 95 85 - 88 79 = nothing",
        "just in time = 100 90 - 95 85 76 = fires(2..6)",
        "out of order = 1:100 | 4:70 2:90 3:80 | = fires(2..4)",
        "all between two watermarks = 1:100 2:90 3:80 4:70 5:130 6:115 7:100 8:90 |"
            + " = fires(2..4) recovered(2..5) fires(6..8)",
        "late is as if it never came = 100 90 - 70 3:80 60 60 = nothing",
        "a correction changes nothing = 100 90 80 3:90 70 4:90 = fires(2..4)",
        "silence = 100 90 80 70 -3 = fires(2..4) no_data(2..7)",
        "not silent for long enough = 100 90 80 70 -2 = fires(2..4)",
        "after a silence a new one = 100 90 80 70 -3 100 90 80 70"
            + " = fires(2..4) no_data(2..7) fires(9..11)",
      })
  void truthTable(String what, String windows, String expected) throws Exception {
    assertThat(SequenceScript.playToTheEnd(PatternOperators.of(Patterns.drop()), DAY, windows))
        .isEqualTo(expected);
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiterString = " = ",
      value = {
        "a day without revenue fell = 100 100 100 100 100 100 100 - 100"
            + " = fires(8..8) recovered(8..9)",
        "and declined = 100 100 90 80 - = fires(3..5)",
        "without revenue for good = 100 100 100 100 100 100 100 -9"
            + " = fires(8..8) no_data(8..15)",
      })
  void missingMayBeZero(String what, String windows, String expected) throws Exception {
    assertThat(
            SequenceScript.playToTheEnd(PatternOperators.withZeros(Patterns.drop()), DAY, windows))
        .isEqualTo(expected);
  }

  @Test
  void saysOfDeclinesFromWhereTheyCame() throws Exception {
    try (PatternOperators operators = PatternOperators.of(Patterns.drop())) {
      new SequenceScript(operators, DAY).play("1000 900 720 540");
      Alert fired = operators.alerts().get(0);
      assertThat(fired.summary())
          .isEqualTo(
              "net_revenue fell 3 days in a row: 540 from 5 Mar to 6 Mar, from 1,000 before.");
      assertThat(fired.figures()).isEqualTo(new Figures(540.0, 1000.0, 648.0));
      assertThat(fired.evidence()).extracting(Evidence::value).containsExactly(900.0, 720.0, 540.0);
      assertThat(fired.evidence())
          .extracting(Evidence::expected)
          .containsExactly(1000.0, 900.0, 720.0);
      assertThat(fired.id()).isEqualTo(Alert.idOf("revenue_drop", "", fired.startedAt()));
    }
  }

  @Test
  void saysOfAFallWhatItWasAWeekBefore() throws Exception {
    try (PatternOperators operators = PatternOperators.of(Patterns.drop())) {
      new SequenceScript(operators, DAY).play("1000 1000 1000 1000 1000 1000 1000 540");
      Alert fired = operators.alerts().get(0);
      assertThat(fired.summary())
          .isEqualTo(
              "net_revenue fell: 540 from 9 Mar to 10 Mar, 54 % of the 1,000 a week before.");
      assertThat(fired.figures()).isEqualTo(new Figures(540.0, 1000.0, 700.0));
    }
  }

  @Test
  void refusesParametersThatMakeNoSense() {
    assertThatThrownBy(() -> new RevenueDrop.Parameters(1, 0.1, 0.7, 50, Duration.ofDays(5)))
        .hasMessage("declines: at least 2");
    assertThatThrownBy(() -> new RevenueDrop.Parameters(3, 0.1, 1.7, 50, Duration.ofDays(5)))
        .hasMessage("belowRatio: above 0, up to 1");
  }
}
