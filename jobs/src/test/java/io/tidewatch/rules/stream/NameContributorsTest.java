package io.tidewatch.rules.stream;

import static io.tidewatch.rules.SeriesOfWindows.at;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.alert.Alert;
import io.tidewatch.alert.AlertProfile;
import io.tidewatch.alert.Contributor;
import io.tidewatch.alert.Evidence;
import io.tidewatch.alert.Figures;
import io.tidewatch.alert.Resolution;
import io.tidewatch.alert.Severity;
import io.tidewatch.metric.MetricWindow;
import io.tidewatch.metrics.MetricCatalogue;
import io.tidewatch.metrics.TestMetrics;
import io.tidewatch.rules.SeriesOfWindows;
import io.tidewatch.rules.WindowParts;
import io.tidewatch.rules.stream.PartedMetrics.Watched;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.co.KeyedCoProcessOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Requests per minute, by endpoint; the rule fires at 10:05, the end of the first breach. */
class NameContributorsTest {

  private static final MetricCatalogue METRICS =
      TestMetrics.catalogue(
          """
          - name: api_requests
            unit: count
            inputs: {all: {event: api.request, count: true}}
            by: [[endpoint]]
            windows: [1m]
          """);
  private static final PartedMetrics PARTED =
      new PartedMetrics(METRICS).watched(List.of(new Watched("api_requests", "1m")));
  private static final SeriesOfWindows ALL = SeriesOfWindows.minutes("api_requests");
  private static final Contributor MOST = new Contributor("endpoint=/a", 80.0, 5.0, 1);

  private OneInputStreamOperatorTestHarness<MetricWindow, WindowParts> gather;
  private KeyedTwoInputStreamOperatorTestHarness<String, Alert, WindowParts, Alert> harness;

  @BeforeEach
  void open() throws Exception {
    gather = new OneInputStreamOperatorTestHarness<>(new GatherParts(PARTED));
    gather.open();
    harness = harness();
    harness.open();
  }

  @AfterEach
  void close() throws Exception {
    gather.close();
    harness.close();
  }

  @Test
  void namesThePartsThoughTheyComeAfterTheAlert() throws Exception {
    minute("10:03", 5, 5);
    harness.processElement1(new StreamRecord<>(firing()));
    assertThat(alerts()).isEmpty();
    minute("10:04", 80, 5);
    assertThat(alerts())
        .singleElement()
        .satisfies(
            alert -> {
              assertThat(alert.contributors()).containsExactly(MOST);
              assertThat(alert.summary()).isEqualTo("Too many. Most of it is endpoint /a (100 %).");
            });
  }

  @Test
  void namesTheSameThoughTheyComeBefore() throws Exception {
    minute("10:03", 5, 5);
    minute("10:04", 80, 5);
    harness.processElement1(new StreamRecord<>(firing()));
    assertThat(alerts()).extracting(Alert::contributors).containsExactly(List.of(MOST));
  }

  @Test
  void keepsTheNamesToTheEndAndNothingBeyond() throws Exception {
    minute("10:03", 5, 5);
    harness.processElement1(new StreamRecord<>(firing()));
    minute("10:04", 80, 5);
    harness.processElement1(new StreamRecord<>(resolved()));
    assertThat(alerts())
        .extracting(Alert::contributors)
        .containsExactly(List.of(MOST), List.of(MOST));
    assertThat(alerts().get(1).summary()).isEqualTo("Over.");
    watermark(at("10:05").plus(Duration.ofMinutes(30)));
    assertThat(harness.numKeyedStateEntries()).isZero();
    assertThat(harness.numEventTimeTimers()).isZero();
  }

  @Test
  void comparesWithTheWindowThatIsNearestToWhatIsUsual() throws Exception {
    minute("10:01", 5, 5);
    minute("10:02", 1, 9);
    minute("10:03", 20, 30);
    minute("10:04", 80, 5);
    harness.processElement1(new StreamRecord<>(firing(12.0)));
    // 10 of 10:02 and 10:01 are nearest to 12, and 10:02 is the later one
    assertThat(alerts().get(0).contributors())
        .containsExactly(new Contributor("endpoint=/a", 80.0, 1.0, 79 / 75.0));
  }

  @Test
  void leavesCorrectionsOut() throws Exception {
    minute("10:03", 5, 5);
    rows("10:03", 500, 500);
    minute("10:04", 80, 5);
    harness.processElement1(new StreamRecord<>(firing()));
    assertThat(alerts().get(0).contributors()).containsExactly(MOST);
  }

  @Test
  void namesNoneWhereNothingIsKnownOfBefore() throws Exception {
    minute("10:04", 80, 5);
    harness.processElement1(new StreamRecord<>(firing()));
    assertThat(alerts().get(0).contributors()).isEmpty();
    assertThat(alerts().get(0).summary()).isEqualTo("Too many.");
  }

  @Test
  void doesNotHoldBackWhatFiresBeforeTheEndOfItsWindow() throws Exception {
    harness.processElement1(new StreamRecord<>(alert(at("10:04"), null)));
    assertThat(alerts()).hasSize(1);
  }

  @Test
  void goesOnAfterARestart() throws Exception {
    minute("10:03", 5, 5);
    harness.processElement1(new StreamRecord<>(firing()));
    rows("10:04", 80, 5);
    gather.prepareSnapshotPreBarrier(1);
    passOn();
    OperatorSubtaskState kept = harness.snapshot(1, 1);
    harness.close();
    harness = harness();
    harness.initializeState(kept);
    harness.open();
    watermark(at("10:05"));
    assertThat(alerts()).extracting(Alert::contributors).containsExactly(List.of(MOST));
  }

  /** A minute of two endpoints, and the watermark that closes it. */
  private void minute(String start, double a, double b) throws Exception {
    rows(start, a, b);
    watermark(at(start).plus(Duration.ofMinutes(1)));
  }

  private void rows(String start, double a, double b) throws Exception {
    gather.processElement(new StreamRecord<>(ALL.of("endpoint=/b").closed(start, b)));
    gather.processElement(new StreamRecord<>(ALL.closed(start, a + b)));
    gather.processElement(new StreamRecord<>(ALL.of("endpoint=/a").closed(start, a)));
  }

  private void watermark(Instant time) throws Exception {
    Watermark mark = new Watermark(time.toEpochMilli() - 1);
    gather.processWatermark(mark);
    passOn();
    harness.processBothWatermarks(mark);
  }

  private void passOn() throws Exception {
    for (WindowParts parts : gather.extractOutputValues()) {
      harness.processElement2(new StreamRecord<>(parts));
    }
    gather.getOutput().clear();
  }

  private List<Alert> alerts() {
    return new ArrayList<>(harness.extractOutputValues());
  }

  private static Alert firing() {
    return firing(null);
  }

  private static Alert firing(Double usual) {
    return alert(at("10:05"), usual);
  }

  private static Alert resolved() {
    return firing().resolved(Resolution.RECOVERED, at("10:06"), at("10:06"), "Over.");
  }

  private static Alert alert(Instant now, Double usual) {
    return Alert.firing(
        new AlertProfile("watched", "", Severity.HIGH, List.of(), List.of(), ""),
        "",
        null,
        at("10:05"),
        at("10:05"),
        now,
        new Figures(85.0, usual, 50.0),
        "Too many.",
        List.of(new Evidence("api_requests", "1m", at("10:04"), at("10:05"), 85.0, 50.0)));
  }

  private static KeyedTwoInputStreamOperatorTestHarness<String, Alert, WindowParts, Alert> harness()
      throws Exception {
    return new KeyedTwoInputStreamOperatorTestHarness<>(
        new KeyedCoProcessOperator<>(new NameContributors(PARTED)),
        NameContributors::keyOf,
        window -> PartedMetrics.key(window.metric(), window.window()),
        Types.STRING);
  }
}
