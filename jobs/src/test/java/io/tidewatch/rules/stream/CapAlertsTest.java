package io.tidewatch.rules.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.alert.Alert;
import io.tidewatch.alert.AlertProfile;
import io.tidewatch.alert.Figures;
import io.tidewatch.alert.Resolution;
import io.tidewatch.alert.Severity;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A rule that may fire for two series at once. */
class CapAlertsTest {

  private static final Instant TEN = Instant.parse("2026-03-02T10:00:00Z");

  private static final AlertProfile PROFILE =
      new AlertProfile("watched", "", Severity.HIGH, List.of(), List.of(), "runbook", List.of(), 2);

  @AutoClose private KeyedOneInputStreamOperatorTestHarness<String, Alert, Alert> harness;

  @BeforeEach
  void open() throws Exception {
    harness = harness(null);
  }

  @Test
  void asManyAsItMayAreTold() throws Exception {
    send(firing("a", 0), firing("b", 1), resolved("a", 0, 2), firing("c", 3));
    assertThat(told()).containsExactly("a FIRING", "b FIRING", "a RESOLVED", "c FIRING");
  }

  @Test
  void furtherOnesAreNotToldButThatThereAreSome() throws Exception {
    send(firing("a", 0), firing("b", 1), firing("c", 2), firing("d", 3));
    assertThat(told()).containsExactly("a FIRING", "b FIRING", "series=~capped FIRING");
    Alert capped = harness.extractOutputValues().get(2);
    assertThat(capped.summary())
        .isEqualTo("watched fires for 2 series; further ones are not listed.");
    assertThat(capped.startedAt()).isEqualTo(minute(2));
    assertThat(capped.id()).isEqualTo(Alert.idOf("watched", "series=~capped", TEN));
    assertThat(capped.profile()).isEqualTo(PROFILE);

    send(resolved("c", 2, 4));
    assertThat(told()).hasSize(3);
    send(resolved("d", 3, 5));
    assertThat(told()).hasSize(4).endsWith("series=~capped RESOLVED");
    assertThat(harness.extractOutputValues().get(3).endedAt()).isEqualTo(minute(5));
    send(resolved("a", 0, 6), resolved("b", 1, 6));
    assertThat(told()).endsWith("a RESOLVED", "b RESOLVED");
    harness.processWatermark(TEN.plus(Duration.ofHours(26)).toEpochMilli());
    assertThat(harness.numKeyedStateEntries()).isZero();
    assertThat(harness.numEventTimeTimers()).isZero();
  }

  @Test
  void whatFiresAgainUnderTheSameIdIsNews() throws Exception {
    send(firing("a", 0), firing("b", 0), firing("c", 1), resolved("c", 1, 2));
    send(firing("d", 3), resolved("d", 3, 4));
    assertThat(versions("series=~capped")).containsExactly(1L, 2L, 3L, 4L);

    // its rule was taken away and applied again
    send(resolved("a", 0, 5), firing("a", 0), resolved("a", 0, 6), firing("a", 0));
    assertThat(versions("a")).containsExactly(1L, 2L, 3L, 4L, 5L);
    OperatorSubtaskState snapshot = harness.snapshot(1, 1);
    harness.close();
    harness = harness(snapshot);
    harness.processWatermark(TEN.plus(Duration.ofHours(26)).toEpochMilli());
    send(resolved("a", 0, 27 * 60));
    assertThat(versions("a")).containsExactly(6L);

    send(resolved("b", 0, 27 * 60));
    harness.processWatermark(TEN.plus(Duration.ofHours(53)).toEpochMilli());
    assertThat(harness.numKeyedStateEntries()).isZero();
    assertThat(harness.numEventTimeTimers()).isZero();
  }

  @Test
  void theNextToFireTakesThePlaceOfOneThatEnded() throws Exception {
    send(firing("a", 0), firing("b", 1), firing("c", 2), resolved("a", 0, 3), firing("d", 4));
    assertThat(told())
        .containsExactly("a FIRING", "b FIRING", "series=~capped FIRING", "a RESOLVED", "d FIRING");
  }

  @Test
  void aRepeatCountsOnce() throws Exception {
    send(firing("a", 0), firing("a", 0), firing("b", 1));
    assertThat(told()).containsExactly("a FIRING", "a FIRING", "b FIRING");
  }

  @Test
  void remembersAcrossARestart() throws Exception {
    send(firing("a", 0), firing("b", 1), firing("c", 2));
    OperatorSubtaskState snapshot = harness.snapshot(1, 1);
    harness.close();
    harness = harness(snapshot);
    send(firing("d", 3), resolved("c", 2, 4), resolved("d", 3, 5), resolved("a", 0, 6));
    assertThat(told()).containsExactly("series=~capped RESOLVED", "a RESOLVED");
  }

  @Test
  void oneThatFiredBeforeThereWasACapIsTold() throws Exception {
    send(resolved("a", 0, 2));
    assertThat(told()).containsExactly("a RESOLVED");
  }

  private static Instant minute(int minute) {
    return TEN.plus(Duration.ofMinutes(minute));
  }

  private static Alert firing(String series, int minute) {
    Instant at = minute(minute);
    return Alert.firing(PROFILE, series, null, at, at, at, Figures.NONE, "Too much.", List.of());
  }

  private static Alert resolved(String series, int fired, int ended) {
    Instant end = minute(ended);
    return firing(series, fired).resolved(Resolution.RECOVERED, end, end, "Over.");
  }

  private void send(Alert... alerts) throws Exception {
    for (Alert alert : alerts) {
      harness.processElement(alert, Long.MIN_VALUE);
    }
  }

  private List<Long> versions(String series) {
    return harness.extractOutputValues().stream()
        .filter(alert -> alert.series().equals(series))
        .map(Alert::version)
        .toList();
  }

  private List<String> told() {
    return harness.extractOutputValues().stream()
        .map(alert -> alert.series() + ' ' + alert.status())
        .toList();
  }

  private static KeyedOneInputStreamOperatorTestHarness<String, Alert, Alert> harness(
      OperatorSubtaskState snapshot) throws Exception {
    KeyedOneInputStreamOperatorTestHarness<String, Alert, Alert> harness =
        new KeyedOneInputStreamOperatorTestHarness<>(
            new KeyedProcessOperator<>(new CapAlerts()),
            alert -> alert.profile().rule(),
            Types.STRING);
    if (snapshot != null) {
      harness.initializeState(snapshot);
    }
    harness.open();
    return harness;
  }
}
