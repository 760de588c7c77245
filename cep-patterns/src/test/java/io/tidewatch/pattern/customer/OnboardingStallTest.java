package io.tidewatch.pattern.customer;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.alert.Alert;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A customer that has used nothing in the seven days since it was created. */
class OnboardingStallTest {

  private static final CustomerPattern PATTERN =
      CustomerPatterns.of(new OnboardingStall.Parameters(Duration.ofDays(7)));

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiterString = " = ",
      value = {
        "match = 0:created @8 = fires(0..7)",
        "a feature in time = 0:created 6:used @9 = nothing",
        "a call in time = 0:created 6:called @9 = nothing",
        "in the last moment = 0:created 7:used @9 = nothing",
        "other events are no value = 0:created 1:ticket 2:paid @9 = fires(0..7)",
        "used before it was created = 1~created 0~used @9 = fires(1..8)",
        "recovery = 0:created 8:used @9 = fires(0..7) recovered(0..8)",
        "created twice = 0:created 1:created @9 = fires(0..7)",
        "out of order = 2~used 0~created @9 = nothing",
        "used in time, known late = 0:created @5 3:used @9 = nothing",
        "created late = @5 1:created @30 = nothing",
        "canceled = 0:created 3:canceled/0 @9 = nothing",
        "never used = 0:created @120 = fires(0..7) no_data(0..97)",
      })
  void truthTable(String what, String events, String expected) throws Exception {
    assertThat(CustomerScript.play(PATTERN, events)).isEqualTo(expected);
    assertThat(CustomerScript.playWithFailure(PATTERN, events)).isEqualTo(expected);
  }

  @Test
  void saysWhoPaysWhatAndWhatToDo() throws Exception {
    Alert alert = CustomerScript.alerts(PATTERN, "0:created/0 @8").get(0);
    assertThat(alert.summary())
        .isEqualTo(
            "Acme (customer c-1, MRR 0.00): signed up at 00:00 on 2 Mar and has not used anything"
                + " in the 7 days since. Next: offer to set it up together.");
    assertThat(alert.updatedAt()).isEqualTo(Instant.parse("2026-03-09T00:00:00Z"));
  }

  @Test
  void aScoreThatAProducerTellsIsNoFigure() {
    CustomerEvent created =
        new CustomerEvent(
            "c-1",
            "test|0",
            CustomerScript.BEGIN,
            CustomerScript.BEGIN,
            "customer.created",
            "",
            "",
            BigDecimal.ZERO,
            Map.of("score", "A+"));
    assertThat(PATTERN.onMatch(Map.of("created", List.of(created))).evidence())
        .singleElement()
        .satisfies(evidence -> assertThat(evidence.value()).isNull());
  }
}
