package io.tidewatch.pattern.customer;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.alert.Alert;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Healthy from 70, critical below 50, 14 days to recover. */
class AtRiskTransitionTest {

  private static final CustomerPattern PATTERN =
      CustomerPatterns.of(new AtRiskTransition.Parameters(70, 50, Duration.ofDays(14)));

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiterString = " = ",
      value = {
        "match = 0:health/82/61 3:health/61/44 = fires(0..3)",
        "critical at once = 0:health/82/44 = fires(0..0)",
        "not recovered = 0:health/82/61 @15 = fires(0..14)",
        "not before the time is up = 0:health/82/61 @13.9 = nothing",
        "recovered in time = 0:health/82/61 5:health/61/75 @30 = nothing",
        "recovered in the last moment = 0:health/82/61 14:health/61/75 @30 = nothing",
        "recovered, and then critical = 0:health/82/61 5:health/61/75 6:health/75/44"
            + " = fires(6..6)",
        "better, but still healthy = 0:health/92/82 1:health/82/95 @30 = nothing",
        "never was healthy = 0:health/60/44 @30 = nothing",
        "just critical = 0:health/70/49 = fires(0..0)",
        "just not critical = 0:health/70/50 @13 = nothing",
        "just not healthy = 0:health/69/49 @30 = nothing",
        "recovery = 0:health/82/44 3:health/44/70 = fires(0..0) recovered(0..3)",
        "better is no recovery = 0:health/82/44 3:health/44/69 @30 = fires(0..0)",
        "up and down while it fires is the same trouble = 0:health/82/44 1:health/44/60"
            + " 2:health/60/40 @30 = fires(0..0)",
        "two times = 0:health/82/44 3:health/44/72 5:health/72/48"
            + " = fires(0..0) recovered(0..3) fires(5..5)",
        "critical when the time is up already = 0:health/82/61 20:health/61/44 = fires(0..14)",
        "out of order = 3~health/61/44 0~health/82/61 @4 = fires(0..3)",
        "recovered between, out of order = 3~health/75/60 0~health/82/61 2~health/61/75 @5"
            + " = nothing",
        "known late counts as of then = 1:health/82/61 @5 2:health/61/44 @6 = fires(1..5)",
        "canceled = 0:health/82/61 2:canceled/0 @30 = nothing",
        "canceled when it fires = 0:health/82/44 2:canceled/0 = fires(0..0) no_data(0..2)",
        "never recovers = 0:health/82/44 @120 = fires(0..0) no_data(0..90)",
      })
  void truthTable(String what, String events, String expected) throws Exception {
    assertThat(CustomerScript.play(PATTERN, events)).isEqualTo(expected);
    assertThat(CustomerScript.playWithFailure(PATTERN, events)).isEqualTo(expected);
  }

  @Test
  void saysWhoPaysWhatAndWhatToDo() throws Exception {
    Alert alert = CustomerScript.alerts(PATTERN, "0:health/82/61 3:health/61/44").get(0);
    assertThat(alert.summary())
        .isEqualTo(
            "Acme (customer c-1, MRR 100.00): its health was 82 until 2 Mar and is 44 now (Health"
                + " fell from 61 to 44). Next: call them today, and begin with what its score lost"
                + " most by.");
    assertThat(alert.evidence())
        .extracting(evidence -> evidence.value())
        .containsExactly(61.0, 44.0);
    assertThat(CustomerScript.alerts(PATTERN, "0:health/82/61 @15").get(0).summary())
        .contains("and is 61 now (Health fell from 82 to 61) and has not recovered in the 14 days");
    assertThat(alert.startedAt()).isEqualTo(Instant.parse("2026-03-02T00:00:00Z"));
  }
}
