package io.tidewatch.pattern.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.alert.Alert;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A piece that is shared three times within ten minutes. */
class ViralContentTest {

  private static final EventPattern PATTERN =
      EventPatterns.of(new ViralContent.Parameters(3, Duration.ofMinutes(10)));

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiterString = " = ",
      value = {
        "match = 0:shared 1:shared 2:shared @9 = fires(0..2)",
        "one too few = 0:shared 1:shared @90 = nothing",
        "in the last moment = 0:shared 1:shared 10:shared @19 = fires(0..10)",
        "timeout = 0:shared 1:shared 10.1:shared @29 = nothing",
        "the last ones in time = 0:shared 1:shared 10.1:shared 11:shared @19 = fires(1..11)",
        "views are no shares = 0:shared 1:viewed 2:shared 3:viewed @29 = nothing",
        "out of order = 2~shared 0~shared 1~shared @9 = fires(0..2)",
        "late = @1 0:shared 2:shared 3:shared @9 = nothing",
        "recovery = 0:shared 1:shared 2:shared @12 = fires(0..2) recovered(0..12)",
        "it goes on = 0:shared 1:shared 2:shared 3:shared 4:shared 5:shared @16"
            + " = fires(0..2) recovered(0..15)",
        "and again = 0:shared 1:shared 2:shared @20 21:shared 21.5:shared 22:shared @23"
            + " = fires(0..2) recovered(0..12) fires(21..22)",
      })
  void truthTable(String what, String events, String expected) throws Exception {
    assertThat(EventScript.play(PATTERN, events)).isEqualTo(expected);
    assertThat(EventScript.playWithFailure(PATTERN, events)).isEqualTo(expected);
  }

  @Test
  void saysWhatIsSharedAndHowOften() throws Exception {
    Alert alert = EventScript.alerts(PATTERN, "0:shared 1:shared 2:shared @9").get(0);
    assertThat(alert.summary())
        .isEqualTo(
            "guide goes viral: shared 3 times within 2 min, the last time at 10:02 on 2 Mar.");
    assertThat(alert.series()).isEqualTo("content=guide");
    assertThat(alert.customerId()).as("whoever of its readers").isNull();
    assertThat(alert.figures().value()).isEqualTo(3);
  }
}
