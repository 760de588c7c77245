package io.tidewatch.rules.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.alert.Alert;
import io.tidewatch.alert.AlertProfile;
import io.tidewatch.alert.Figures;
import io.tidewatch.alert.MuteWindow;
import io.tidewatch.alert.Resolution;
import io.tidewatch.alert.Severity;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A rule that is muted each night from 22:00 to 06:00. */
class MuteAlertsTest {

  private static final AlertProfile PROFILE =
      new AlertProfile(
          "watched",
          "",
          Severity.HIGH,
          List.of(),
          List.of(),
          "",
          List.of(
              MuteWindow.weekly(
                  List.of(DayOfWeek.values()), LocalTime.parse("22:00"), LocalTime.parse("06:00"))),
          10);

  @AutoClose private KeyedOneInputStreamOperatorTestHarness<String, Alert, Alert> harness;

  @BeforeEach
  void open() throws Exception {
    harness = harness(null);
  }

  @Test
  void byDayAlertsPass() throws Exception {
    send(firing("a", "2026-03-02T21:59:59Z"));
    send(resolved("a", "2026-03-02T21:59:59Z", "2026-03-02T23:00:00Z"));
    assertThat(heard())
        .containsExactly("a FIRING 2026-03-02T21:59:59Z", "a RESOLVED 2026-03-02T23:00:00Z");
    assertThat(harness.numKeyedStateEntries()).isZero();
  }

  @Test
  void whatIsOverInTheMorningIsNeverHeardOf() throws Exception {
    send(firing("a", "2026-03-02T22:00:00Z"));
    send(resolved("a", "2026-03-02T22:00:00Z", "2026-03-03T05:59:00Z"));
    reach("2026-03-03T12:00:00Z");
    assertThat(heard()).isEmpty();
    assertThat(harness.numKeyedStateEntries()).isZero();
  }

  @Test
  void whatStillFiresInTheMorningIsHeardOfThen() throws Exception {
    send(firing("a", "2026-03-02T23:00:00Z"));
    reach("2026-03-03T05:59:59Z");
    assertThat(heard()).isEmpty();
    reach("2026-03-03T06:00:00Z");
    assertThat(heard()).containsExactly("a FIRING 2026-03-03T06:00:00Z");
    Alert alert = harness.extractOutputValues().get(0);
    assertThat(alert.startedAt()).isEqualTo(Instant.parse("2026-03-02T23:00:00Z"));
    assertThat(alert.id()).isEqualTo(firing("a", "2026-03-02T23:00:00Z").id());
    send(resolved("a", "2026-03-02T23:00:00Z", "2026-03-03T07:00:00Z"));
    assertThat(heard()).hasSize(2);
    assertThat(harness.numKeyedStateEntries()).isZero();
    assertThat(harness.numEventTimeTimers()).isZero();
  }

  @Test
  void timesTellAndNotTheWatermark() throws Exception {
    send(firing("a", "2026-03-02T23:00:00Z"));
    send(resolved("a", "2026-03-02T23:00:00Z", "2026-03-03T07:00:00Z"));
    assertThat(heard())
        .containsExactly("a FIRING 2026-03-03T06:00:00Z", "a RESOLVED 2026-03-03T07:00:00Z");
  }

  @Test
  void eachSeriesByItselfAndAcrossARestart() throws Exception {
    send(firing("a", "2026-03-02T23:00:00Z"));
    send(firing("b", "2026-03-03T01:00:00Z"));
    OperatorSubtaskState snapshot = harness.snapshot(1, 1);
    harness.close();
    harness = harness(snapshot);
    send(resolved("a", "2026-03-02T23:00:00Z", "2026-03-03T02:00:00Z"));
    reach("2026-03-03T06:00:00Z");
    assertThat(heard()).containsExactly("b FIRING 2026-03-03T06:00:00Z");
  }

  private static Alert firing(String series, String time) {
    Instant at = Instant.parse(time);
    return Alert.firing(PROFILE, series, null, at, at, at, Figures.NONE, "Too much.", List.of());
  }

  private static Alert resolved(String series, String fired, String ended) {
    Instant end = Instant.parse(ended);
    return firing(series, fired).resolved(Resolution.RECOVERED, end, end, "Over.");
  }

  private void send(Alert alert) throws Exception {
    harness.processElement(alert, Long.MIN_VALUE);
  }

  private void reach(String time) throws Exception {
    harness.processWatermark(new Watermark(Instant.parse(time).toEpochMilli()));
  }

  private List<String> heard() {
    return harness.extractOutputValues().stream()
        .map(alert -> alert.series() + ' ' + alert.status() + ' ' + alert.updatedAt())
        .toList();
  }

  private static KeyedOneInputStreamOperatorTestHarness<String, Alert, Alert> harness(
      OperatorSubtaskState snapshot) throws Exception {
    KeyedOneInputStreamOperatorTestHarness<String, Alert, Alert> harness =
        new KeyedOneInputStreamOperatorTestHarness<>(
            new KeyedProcessOperator<>(new MuteAlerts(ZoneOffset.UTC)),
            alert -> alert.profile().rule(),
            Types.STRING);
    if (snapshot != null) {
      harness.initializeState(snapshot);
    }
    harness.open();
    return harness;
  }
}
