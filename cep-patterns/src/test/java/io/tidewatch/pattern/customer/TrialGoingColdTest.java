package io.tidewatch.pattern.customer;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.alert.Alert;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Three whole days of a trial without use. */
class TrialGoingColdTest {

  private static final CustomerPattern PATTERN =
      CustomerPatterns.of(new TrialGoingCold.Parameters(3, Duration.ofDays(30)));

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiterString = " = ",
      value = {
        "never used = 0.5:trial/0 1:midnight 2:midnight 3:midnight 4:midnight @5 = fires(0.5..4)",
        "a subscription on trial = 0.5:trialing/0 1:midnight 2:midnight 3:midnight 4:midnight @5"
            + " = fires(0.5..4)",
        "used at first = 0.5:trial/0 0.6:used 1:midnight 1.5:called 2:midnight 3:midnight"
            + " 4:midnight 5:midnight @6 = fires(0.5..5)",
        "one day short = 0.5:trial/0 1:midnight 2:midnight 3:midnight @3.5 = nothing",
        "used in between = 0.5:trial/0 1:midnight 2:midnight 2.5:used 3:midnight 4:midnight @4.5"
            + " = nothing",
        "no trial = 0.5:created/0 1:midnight 2:midnight 3:midnight 4:midnight @5 = nothing",
        "bought = 0.5:trial/0 0.8:started/50 1:midnight 2:midnight 3:midnight 4:midnight @5"
            + " = nothing",
        "converted = 0.5:trial/0 1:midnight 1.5:converted 2:midnight 3:midnight 4:midnight"
            + " 5:midnight 6:midnight @7 = nothing",
        "trial of one who pays = 0.5:trial/70 1:midnight 2:midnight 3:midnight 4:midnight @5"
            + " = nothing",
        "going on is the same trouble = 0.5:trial/0 1:midnight 2:midnight 3:midnight 4:midnight"
            + " 5:midnight 6:midnight @7 = fires(0.5..4)",
        "recovery by use = 0.5:trial/0 1:midnight 2:midnight 3:midnight 4:midnight 4.5:used @5"
            + " = fires(0.5..4) recovered(0.5..4.5)",
        "recovery by purchase = 0.5:trial/0 1:midnight 2:midnight 3:midnight 4:midnight"
            + " 4.5:started/50 @5 = fires(0.5..4) recovered(0.5..4.5)",
        "after the trial = 0.5:trial/0 29:midnight 30:midnight 31:midnight 32:midnight @33"
            + " = nothing",
        "out of order = 0.5~trial/0 2~midnight 1~midnight 4~midnight 3~midnight @5"
            + " = fires(0.5..4)",
        "used, out of order = 0.5~trial/0 1~midnight 3~midnight 2~midnight 4~midnight 2.5~used @5"
            + " = nothing",
        "a late trial counts for nothing = @0.9 0.5:trial/0 1:midnight 2:midnight 3:midnight"
            + " 4:midnight @5 = nothing",
        "used, known late = 0.5:trial/0 1:midnight 2:midnight 3:midnight @3.5 2.5:used 4:midnight"
            + " @5 = nothing",
        "gone = 0.5:trial/0 1:midnight 2:canceled/0 3:midnight 4:midnight 5:midnight 6:midnight @7"
            + " = nothing",
        "never again = 0.5:trial/0 1:midnight 2:midnight 3:midnight 4:midnight @120"
            + " = fires(0.5..4) no_data(0.5..94)",
      })
  void truthTable(String what, String events, String expected) throws Exception {
    assertThat(CustomerScript.play(PATTERN, events)).isEqualTo(expected);
    assertThat(CustomerScript.playWithFailure(PATTERN, events)).isEqualTo(expected);
  }

  @Test
  void saysWhoItIsAndWhatToDo() throws Exception {
    Alert alert =
        CustomerScript.alerts(PATTERN, "0.5:trial/0 1:midnight 2:midnight 3:midnight 4:midnight @5")
            .get(0);
    assertThat(alert.summary())
        .isEqualTo(
            "Acme (customer c-1, MRR 0.00): on trial since 2 Mar, and nothing was used for 3 days."
                + " Next: ask what holds them up, while the trial runs.");
    assertThat(alert.startedAt()).isEqualTo(Instant.parse("2026-03-02T12:00:00Z"));
    assertThat(alert.evidence()).hasSize(5);
  }
}
