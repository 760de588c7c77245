package io.tidewatch.pattern.customer;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.alert.Alert;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A failed payment that no other makes good within three days. */
class DunningUnrecoveredTest {

  private static final CustomerPattern PATTERN =
      CustomerPatterns.of(new DunningUnrecovered.Parameters(Duration.ofDays(3)));

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiterString = " = ",
      value = {
        "match = 0:failed @4 = fires(0..3)",
        "not before the time is up = 0:failed @2.9 = nothing",
        "paid in time = 0:failed 2:paid @9 = nothing",
        "paid in the last moment = 0:failed 3:paid @9 = nothing",
        "paid too late = 0:failed 3.1:paid @9 = fires(0..3) recovered(0..3.1)",
        "retries are the same trouble = 0:failed 1:failed 2:failed @9 = fires(0..3)",
        "paid after a retry = 0:failed 1:failed 2:paid @9 = nothing",
        "paid, and failed again = 0:failed 1:paid 2:failed @9 = fires(2..5)",
        "recovery ends what began meanwhile = 0:failed 2:failed 3.5:paid @9"
            + " = fires(0..3) recovered(0..3.5)",
        "out of order = 2~paid 0~failed @9 = nothing",
        "paid before it failed = 1~failed 0~paid @9 = fires(1..4)",
        "a late failure counts for nothing = @5 1:failed @20 = nothing",
        "paid in time, known late = 0:failed @2 1:paid @9 = nothing",
        "paid in time, known when it is over = 0:failed @4 1:paid @9"
            + " = fires(0..3) recovered(0..4)",
        "canceled = 0:failed 1:canceled/0 @9 = nothing",
        "canceled when it fires = 0:failed 5:canceled/0 @9 = fires(0..3) no_data(0..5)",
        "nothing ever says that it is over = 0:failed @100 = fires(0..3) no_data(0..93)",
      })
  void truthTable(String what, String events, String expected) throws Exception {
    assertThat(CustomerScript.play(PATTERN, events)).isEqualTo(expected);
    assertThat(CustomerScript.playWithFailure(PATTERN, events)).isEqualTo(expected);
  }

  @Test
  void saysWhoPaysWhatAndWhatToDo() throws Exception {
    Alert alert = CustomerScript.alerts(PATTERN, "0:failed @4").get(0);
    assertThat(alert.summary())
        .isEqualTo(
            "Acme (customer c-1, MRR 100.00): a payment of 99.00 USD failed at 00:00 on 2 Mar"
                + " (expired_card), and none has succeeded in the 3 days since. Next: call whoever"
                + " pays their bills; reminders have not helped.");
    assertThat(alert.startedAt()).isEqualTo(Instant.parse("2026-03-02T00:00:00Z"));
    assertThat(alert.updatedAt()).isEqualTo(Instant.parse("2026-03-05T00:00:00Z"));
    assertThat(alert.id()).isEqualTo(Alert.idOf("watched", "customer_id=c-1", alert.startedAt()));
    assertThat(alert.evidence()).hasSize(1);
  }
}
