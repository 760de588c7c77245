package io.tidewatch.pattern.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.alert.Alert;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Three failed logins in a row and one that succeeds, within ten minutes. */
class BruteForceTest {

  private static final EventPattern PATTERN =
      EventPatterns.of(
          new BruteForce.Parameters(
              3, Duration.ofMinutes(10), List.of("user_id", "ip"), Duration.ofHours(1)));

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiterString = " = ",
      value = {
        "match = 0:failed 1:failed 2:failed 3:succeeded @9 = fires(0..3)",
        "one too few = 0:failed 1:failed 3:succeeded @9 = nothing",
        "more than enough = 0:failed 1:failed 2:failed 3:failed 4:succeeded @9 = fires(1..4)",
        "in the last moment = 0:failed 1:failed 2:failed 10:succeeded @19 = fires(0..10)",
        "timeout = 0:failed 1:failed 2:failed 10.1:succeeded @19 = nothing",
        "the last ones in time = 0:failed 1:failed 2:failed 3:failed 11:succeeded @19"
            + " = fires(1..11)",
        "a success between = 0:failed 1:failed 2:succeeded 3:failed 4:succeeded @9 = nothing",
        "never a success = 0:failed 1:failed 2:failed 3:failed @90 = nothing",
        "out of order = 3~succeeded 2~failed 0~failed 1~failed @9 = fires(0..3)",
        "succeeded before it failed = 3~failed 0~succeeded 2~failed 1~failed @9 = nothing",
        "late = @1 0:failed 2:failed 3:failed 4:succeeded @9 = nothing",
        "recovery = 0:failed 1:failed 2:failed 3:succeeded @63 = fires(0..3) recovered(0..63)",
        "again meanwhile = 0:failed 1:failed 2:failed 3:succeeded"
            + " 50:failed 50.1:failed 50.2:failed 51:succeeded @111 = fires(0..3) recovered(0..111)",
      })
  void truthTable(String what, String events, String expected) throws Exception {
    assertThat(EventScript.play(PATTERN, events)).isEqualTo(expected);
    assertThat(EventScript.playWithFailure(PATTERN, events)).isEqualTo(expected);
  }

  @Test
  void saysWhoseLoginItWasAndWhere() throws Exception {
    Alert alert = EventScript.alerts(PATTERN, "0:failed 1:failed 2:failed 3:succeeded @9").get(0);
    assertThat(alert.summary())
        .isEqualTo(
            "A password of user_id u-1 seems guessed: after 3 failed logins within 3 min one"
                + " succeeded at 10:03 on 2 Mar, from 203.0.113.7.");
    assertThat(alert.series()).isEqualTo("user_id=u-1");
    assertThat(alert.customerId()).isEqualTo("acme");
    assertThat(alert.id()).isEqualTo(Alert.idOf("watched", "user_id=u-1", EventScript.BEGIN));
    assertThat(alert.evidence()).hasSize(4);
  }
}
