package io.tidewatch.pattern.customer;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.alert.Alert;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Three failed payments within 30 days, and none that succeeded between them. */
class PaymentFailureStreakTest {

  private static final CustomerPattern PATTERN =
      CustomerPatterns.of(new PaymentFailureStreak.Parameters(3, Duration.ofDays(30)));

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiterString = " = ",
      value = {
        "match = 0:failed 1:failed 2:failed = fires(0..2)",
        "a fourth is the same trouble = 0:failed 1:failed 2:failed 3:failed = fires(0..2)",
        "one short of it = 0:failed 1:failed = nothing",
        "one that succeeded between = 0:failed 1:failed 2:paid 3:failed 4:failed = nothing",
        "other events between = 0:failed 0.5:used 1:failed 1.5:ticket 2:failed = fires(0..2)",
        "recovery = 0:failed 1:failed 2:failed 5:paid = fires(0..2) recovered(0..5)",
        "it recovers once = 0:failed 1:failed 2:failed 5:paid 6:paid = fires(0..2) recovered(0..5)",
        "two streaks = 0:failed 1:failed 2:failed 3:paid 4:failed 5:failed 6:failed"
            + " = fires(0..2) recovered(0..3) fires(4..6)",
        "too far apart = 0:failed 20:failed 31:failed = nothing",
        "just in time = 0:failed 20:failed 30:failed = fires(0..30)",
        "the first is too old, the others are not = 0:failed 20:failed 31:failed 32:failed"
            + " = fires(20..32)",
        "out of order = 2~failed 0~failed 1:failed @3 = fires(0..2)",
        "a success between, out of order = 2~failed 0~failed 3~failed 1~paid @4 = nothing",
        "a late failure counts for nothing = 0:failed 2:failed 1:failed @3 = nothing",
        "a late success makes good = 0:failed 1:failed 2:failed @4 3:paid @5"
            + " = fires(0..2) recovered(0..4)",
        "canceled = 0:failed 1:failed 2:failed 3:canceled/0 = fires(0..2) no_data(0..3)",
        "one of two subscriptions canceled = 0:failed 1:failed 2:failed 3:canceled/20"
            + " = fires(0..2)",
        "canceled breaks = 0:failed 1:failed 2:canceled/0 3:failed = nothing",
        "nothing ever says that it is over = 0:failed 1:failed 2:failed @100"
            + " = fires(0..2) no_data(0..92)",
      })
  void truthTable(String what, String events, String expected) throws Exception {
    assertThat(CustomerScript.play(PATTERN, events)).isEqualTo(expected);
    assertThat(CustomerScript.playWithFailure(PATTERN, events)).isEqualTo(expected);
  }

  @Test
  void saysWhoPaysWhatAndWhatToDo() throws Exception {
    Alert alert = CustomerScript.alerts(PATTERN, "0:failed 1:failed 2:failed").get(0);
    assertThat(alert.summary())
        .isEqualTo(
            "Acme (customer c-1, MRR 100.00): 3 payments in a row have failed since 2 Mar; the"
                + " last, of 99.00 USD failed at 00:00 on 4 Mar (expired_card). Next: ask for"
                + " another means of payment before the next attempt.");
    assertThat(alert.customerId()).isEqualTo("c-1");
    assertThat(alert.series()).isEqualTo("customer_id=c-1");
    assertThat(alert.startedAt()).isEqualTo(Instant.parse("2026-03-02T00:00:00Z"));
    assertThat(alert.id()).isEqualTo(Alert.idOf("watched", "customer_id=c-1", alert.startedAt()));
    assertThat(alert.figures().value()).isEqualTo(100.0);
    assertThat(alert.evidence())
        .extracting(evidence -> evidence.name() + evidence.id() + evidence.value())
        .containsExactly(
            "payment.failedtest|099.0", "payment.failedtest|199.0", "payment.failedtest|299.0");
  }
}
