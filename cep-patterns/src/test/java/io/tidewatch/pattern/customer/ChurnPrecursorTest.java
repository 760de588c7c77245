package io.tidewatch.pattern.customer;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.alert.Alert;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Two tickets or days with errors, then a downgrade or less than 15 points for use. */
class ChurnPrecursorTest {

  private static final CustomerPattern PATTERN =
      CustomerPatterns.of(new ChurnPrecursor.Parameters(2, 15, 70, Duration.ofDays(14)));

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiterString = " = ",
      value = {
        "tickets, then a downgrade = 0:ticket 1:ticket 5:changed/50 = fires(0..5)",
        "errors, then falling use = 0:broke 1:raised 3:midnight/60/9 @4 = fires(0..3)",
        "more trouble between = 0:ticket 1:ticket 2:broke 5:changed/50 = fires(0..5)",
        "one short of it = 0:ticket 5:changed/50 = nothing",
        "an upgrade = 0:ticket 1:ticket 5:changed/200 = nothing",
        "no change of what it pays = 0:ticket 1:ticket 5:changed/100 = nothing",
        "use as usual = 0:ticket 1:ticket 3:midnight/60/15 @9 = nothing",
        "not used for long = 0:ticket 1:ticket 3:midnight/30/0/0 @9 = nothing",
        "trouble after the downgrade = 0:changed/50 1:ticket 2:ticket @9 = nothing",
        "calls that work are no trouble = 0:called 1:called 5:changed/50 = nothing",
        "too late = 0:ticket 1:ticket 14.5:changed/50 = nothing",
        "just in time = 0:ticket 1:ticket 14:changed/50 = fires(0..14)",
        "the first is too old, others are not = 0:ticket 1:ticket 2:ticket 15:changed/50"
            + " = fires(1..15)",
        "out of order = 5~changed/50 0~ticket/100 1~ticket @6 = fires(0..5)",
        "trouble out of order = 1~ticket 0~ticket 5:changed/50 = fires(0..5)",
        "late trouble counts for nothing = 0:ticket @3 1:ticket 5:changed/50 = nothing",
        "gone is no downgrade = 0:ticket 1:ticket 5:canceled/0 6:midnight/30/9 @9 = nothing",
        "recovery = 0:ticket 1:ticket 5:changed/50 6:midnight/80 @7"
            + " = fires(0..5) recovered(0..6)",
        "a ticket is still open = 0:ticket 1:ticket 5:changed/50 6:midnight/80/30/20/1 @7"
            + " = fires(0..5)",
        "not healthy yet = 0:ticket 1:ticket 5:changed/50 6:midnight/69 @7 = fires(0..5)",
        "canceled = 0:ticket 1:ticket 5:changed/50 9:canceled/0" + " = fires(0..5) no_data(0..9)",
        "never recovers = 0:ticket 1:ticket 5:changed/50 @120 = fires(0..5) no_data(0..95)",
      })
  void truthTable(String what, String events, String expected) throws Exception {
    assertThat(CustomerScript.play(PATTERN, events)).isEqualTo(expected);
    assertThat(CustomerScript.playWithFailure(PATTERN, events)).isEqualTo(expected);
  }

  @Test
  void saysWhoPaysWhatAndWhatToDo() throws Exception {
    assertThat(CustomerScript.alerts(PATTERN, "0:ticket 1:broke 2:changed/50").get(0).summary())
        .isEqualTo(
            "Acme (customer c-1, MRR 50.00): after 1 ticket and 1 day with errors since 2 Mar, it"
                + " pays less: 50.00 instead of 100.00. Next: settle what is open, and tell them so"
                + " in person.");
    Alert alert = CustomerScript.alerts(PATTERN, "0:ticket 1:ticket 3:midnight/60/9 @4").get(0);
    assertThat(alert.summary())
        .contains(": after 2 tickets since 2 Mar, its use has fallen below what is usual");
    assertThat(alert.startedAt()).isEqualTo(Instant.parse("2026-03-02T00:00:00Z"));
    assertThat(alert.evidence()).hasSize(3);
  }
}
