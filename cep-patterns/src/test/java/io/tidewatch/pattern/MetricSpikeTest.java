package io.tidewatch.pattern;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidewatch.alert.Alert;
import io.tidewatch.alert.Evidence;
import io.tidewatch.alert.Figures;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Three minutes above twice the usual of five, and above 5, within less than five minutes. */
class MetricSpikeTest {

  private static final Duration MINUTE = Duration.ofMinutes(1);

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiterString = " = ",
      value = {
        "match = 10 10 10 30 30 30 = fires(4..6)",
        "an ongoing spike is one = 10 10 10 30 30 30 30 30 = fires(4..6)",
        "one short of it = 10 10 10 30 30 10 10 = nothing",
        "just at the limit = 10 10 10 20 20 20 20 = nothing",
        "one in the row is normal = 10 10 10 30 30 20 30 10 = nothing",
        "up to the floor nothing is too much = 1 1 1 5 5 5 5 = nothing",
        "above the floor it is = 0 0 0 6 6 6 = fires(4..6)",
        "not known yet what is usual = 10 30 30 30 30 30 = nothing",
        "a breach is not learnt as usual = 10 10 10 30 10 30 10 30 30 30 = fires(8..10)",
        "missing neither breaks nor prolongs = 10 10 10 30 - 30 30 = fires(4..7)",
        "recovery = 10 10 10 30 30 30 10 = fires(4..6) recovered(4..7)",
        "it recovers once = 10 10 10 30 30 30 30 10 10 10 = fires(4..6) recovered(4..8)",
        "two spikes = 10 10 10 30 30 30 10 30 30 30 10"
            + " = fires(4..6) recovered(4..7) fires(8..10) recovered(8..11)",
        "what goes on for five becomes usual = 10 10 10 30 30 30 30 30 30 30 30 30"
            + " = fires(4..6) recovered(4..12)",
        "timeout = 10 10 10 30 - - 30 - 30 30 = nothing",
        "just in time = 10 10 10 30 - 30 - 30 = fires(4..8)",
        "after a timeout a normal one has to come = 10 10 10 30 - - 30 - 30 10 30 30 30"
            + " = fires(11..13)",
        "out of order = 2:10 1:10 3:10 | 6:30 4:30 5:30 | = fires(4..6)",
        "out of order across the watermark = 1:10 2:10 3:10 | 5:30 4:30 7:10 | 6:30 = nothing",
        "ending and spike out of order = 10 10 10 7:10 6:30 5:30 4:30 |"
            + " = fires(4..6) recovered(4..7)",
        "all between two watermarks = 1:10 2:10 3:10 4:30 5:30 6:30 7:10 8:30 9:30 10:30 11:10 |"
            + " = fires(4..6) recovered(4..7) fires(8..10) recovered(8..11)",
        "late is as if it never came = 10 10 10 30 - 30 5:30 30 = fires(4..7)",
        "late and normal does not break = 10 10 10 30 - 30 5:10 30 = fires(4..7)",
        "a correction changes nothing = 1:10 2:10 3:10 4:30 4:10 | 30 30 4:10 = fires(4..6)",
        "nor one of a window that waits = 10 10 10 6:30 6:10 4:30 5:30 6:10 | = fires(4..6)",
        "silence = 10 10 10 30 30 30 -60 = fires(4..6) no_data(4..66)",
        "not silent for long enough = 10 10 10 30 30 30 -59 30 = fires(4..6)",
        "silence of less than a spike = 10 10 10 30 30 -60 = nothing",
        "after silence a spike is a new one = 10 10 10 30 30 30 -60 30 30 30"
            + " = fires(4..6) no_data(4..66) fires(67..69)",
        "what is usual outlasts a silence = 10 10 10 -600 30 30 30 = fires(604..606)",
        "but not for ever = 10 10 10 -2000 30 30 30 = nothing",
      })
  void truthTable(String what, String windows, String expected) throws Exception {
    assertThat(SequenceScript.playToTheEnd(PatternOperators.of(Patterns.spike()), MINUTE, windows))
        .isEqualTo(expected);
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiterString = " = ",
      value = {
        "zero is normal = 10 10 10 30 30 30 - = fires(4..6) recovered(4..7)",
        "zero breaks = 10 10 10 30 - 30 30 10 = nothing",
        "zeros are usual = 1 - - 6 6 6 = fires(4..6)",
        "not before the first window = - - - 6 6 6 = nothing",
        "zero between others, out of order = 10 10 10 8:30 6:30 5:30 4:30 |"
            + " = fires(4..6) recovered(4..7)",
        "one that comes before the watermark is no zero = 10 10 10 30 30 6:30 7:30 | -"
            + " = fires(4..6) recovered(4..8)",
        "late is no zero undone = 10 10 10 30 30 30 - 7:30 30 = fires(4..6) recovered(4..7)",
        "zeros last for a day = 10 10 10 -1400 30 30 30 = fires(1404..1406)",
        "but not for ever = 10 10 10 -1500 30 30 30 = nothing",
      })
  void missingMayBeZero(String what, String windows, String expected) throws Exception {
    assertThat(
            SequenceScript.playToTheEnd(
                PatternOperators.withZeros(Patterns.spike()), MINUTE, windows))
        .isEqualTo(expected);
  }

  @Test
  void saysWhatHappenedAndShowsIt() throws Exception {
    try (PatternOperators operators = PatternOperators.of(Patterns.spike())) {
      new SequenceScript(operators, MINUTE).play("35 35 35 35 80 90 412 30");
      Alert fired = operators.alerts().get(0);
      assertThat(fired.summary())
          .isEqualTo(
              "api_errors spiked: 412 from 10:06 to 10:07,"
                  + " 3 minutes in a row above 70; usual is 35.");
      assertThat(fired.figures()).isEqualTo(new Figures(412.0, 35.0, 70.0));
      assertThat(fired.startedAt()).isEqualTo(Instant.parse("2026-03-02T10:05:00Z"));
      assertThat(fired.id()).isEqualTo(Alert.idOf("errors_spike", "", fired.startedAt()));
      assertThat(fired.profile().pattern()).isEqualTo("metric-spike");
      assertThat(fired.evidence()).extracting(Evidence::value).containsExactly(80.0, 90.0, 412.0);
      assertThat(fired.evidence()).extracting(Evidence::expected).containsOnly(35.0);
      assertThat(fired.evidence()).extracting(Evidence::name).containsOnly("api_errors");

      Alert over = operators.alerts().get(1);
      assertThat(over.id()).isEqualTo(fired.id());
      assertThat(over.version()).isEqualTo(2);
      assertThat(over.endedAt()).isEqualTo(Instant.parse("2026-03-02T10:08:00Z"));
      assertThat(over.summary()).isEqualTo("Over: api_errors was 30 from 10:07 to 10:08.");
    }
  }

  @Test
  void namesTheFloorWhereThatIsTheLimit() throws Exception {
    try (PatternOperators operators = PatternOperators.of(Patterns.spike())) {
      new SequenceScript(operators, MINUTE).play("1 1 1 8 8 8");
      assertThat(operators.alerts().get(0).summary())
          .isEqualTo(
              "api_errors spiked: 8 from 10:05 to 10:06, 3 minutes in a row above 5; usual is 1.");
    }
  }

  @Test
  void oneWindowMayBeEnough() throws Exception {
    MetricSpike pattern =
        Patterns.spike(new MetricSpike.Parameters(1, 2, 5, 5, 3, Duration.ofMinutes(1)));
    try (PatternOperators operators = PatternOperators.of(pattern)) {
      assertThat(new SequenceScript(operators, MINUTE).play("10 10 10 30 30 10"))
          .isEqualTo("fires(4..4) recovered(4..6)");
      assertThat(operators.alerts().get(0).summary())
          .isEqualTo("api_errors spiked: 30 from 10:03 to 10:04, above 20; usual is 10.");
    }
  }

  @Test
  void refusesParametersThatMakeNoSense() {
    assertThatThrownBy(() -> new MetricSpike.Parameters(0, 2, 5, 5, 3, Duration.ofMinutes(1)))
        .hasMessage("windows: at least 1");
    assertThatThrownBy(() -> new MetricSpike.Parameters(1, 2, 5, 5, 6, Duration.ofMinutes(1)))
        .hasMessage("minimumHistory: from 1 to usualOf");
  }

  @Test
  void anotherPatternHasAnotherVersion() {
    assertThat(Patterns.spike().version())
        .isNotEqualTo(
            Patterns.spike(new MetricSpike.Parameters(4, 2, 5, 5, 3, Duration.ofMinutes(5)))
                .version())
        .isEqualTo(
            Patterns.spike(new MetricSpike.Parameters(3, 9, 9, 9, 9, Duration.ofMinutes(5)))
                .version());
  }
}
