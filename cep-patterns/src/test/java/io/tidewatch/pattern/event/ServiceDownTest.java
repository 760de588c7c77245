package io.tidewatch.pattern.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.alert.Alert;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A service without a heartbeat for two minutes. */
class ServiceDownTest {

  private static final EventPattern PATTERN =
      EventPatterns.of(
          new ServiceDown.Parameters(Duration.ofMinutes(2), List.of(), List.of("dashboard")));

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiterString = " = ",
      value = {
        "match = 0:beat @2.1 = fires(0..2)",
        "not before the time is up = 0:beat @1.9 = nothing",
        "a heartbeat in time = 0:beat 1:beat @2.9 = nothing",
        "in the last moment = 0:beat 2:beat @3.9 = nothing",
        "since the last one = 0:beat 1:beat 1.5:beat @9 = fires(1.5..3.5)",
        "recovery = 0:beat 5:beat @6 = fires(0..2) recovered(0..5)",
        "again and again = 0:beat 5:beat @9 = fires(0..2) recovered(0..5) fires(5..7)",
        "out of order = 2~beat 0~beat 1~beat @3.9 = nothing",
        "a late one within its time counts = 0:beat @1.8 1:beat @3.7 = nothing",
        "and its own time counts from when it came = 0:beat @1.8 1:beat @4 = fires(1..3.8)",
        "one that is too late says nothing = 0:beat @9 5:beat @10 = fires(0..2)",
        "never seen = @90 = nothing",
        "given up = 0:beat @10083 = fires(0..2) no_data(0..10082)",
      })
  void truthTable(String what, String events, String expected) throws Exception {
    assertThat(EventScript.play(PATTERN, events)).isEqualTo(expected);
    assertThat(EventScript.playWithFailure(PATTERN, events)).isEqualTo(expected);
  }

  @Test
  void saysWhatIsDownAndSinceWhen() throws Exception {
    Alert alert = EventScript.alerts(PATTERN, "0:beat @9").get(0);
    assertThat(alert.summary())
        .isEqualTo("ledger is down: no heartbeat for 2 min; the last was at 10:00 on 2 Mar.");
    assertThat(alert.series()).isEqualTo("service=ledger");
    assertThat(alert.updatedAt()).isEqualTo(Instant.parse("2026-03-02T10:02:00Z"));
  }

  @Test
  void looksAtTheServicesItIsToldAlone() throws Exception {
    EventPattern others =
        EventPatterns.of(
            new ServiceDown.Parameters(Duration.ofMinutes(2), List.of("web"), List.of()));
    EventPattern except =
        EventPatterns.of(
            new ServiceDown.Parameters(Duration.ofMinutes(2), List.of(), List.of("ledger")));
    assertThat(EventScript.play(others, "0:beat @9")).isEqualTo("nothing");
    assertThat(EventScript.play(except, "0:beat @9")).isEqualTo("nothing");
  }
}
