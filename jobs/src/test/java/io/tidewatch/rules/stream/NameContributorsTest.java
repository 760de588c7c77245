package io.tidewatch.rules.stream;

import static io.tidewatch.rules.SeriesOfWindows.at;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.alert.Alert;
import io.tidewatch.alert.AlertProfile;
import io.tidewatch.alert.AlertStatus;
import io.tidewatch.alert.Contributor;
import io.tidewatch.alert.Evidence;
import io.tidewatch.alert.Figures;
import io.tidewatch.alert.Resolution;
import io.tidewatch.alert.Severity;
import io.tidewatch.metric.MetricWindow;
import io.tidewatch.metrics.MetricCatalogue;
import io.tidewatch.metrics.TestMetrics;
import io.tidewatch.rules.SeriesOfWindows;
import io.tidewatch.rules.WindowPart;
import io.tidewatch.rules.WindowParts;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.KeyedStateBackend;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
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
  private static final PartedMetrics PARTED = new PartedMetrics(METRICS);
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
    watermark(at("10:05").plus(Duration.ofDays(31)).plusMillis(1));
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
    rows(at("10:03"), 500, 500);
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
  void namesTheLargestPartsSoFarOfAWindowThatIsStillOpen() throws Exception {
    minute("10:03", 5, 5);
    openRows("10:04", 20, 30);
    openRows("10:04", 60, 30);
    harness.processElement1(new StreamRecord<>(firing(at("10:04"))));
    assertThat(alerts()).isEmpty();
    watermark(at("10:04").plusSeconds(20));
    assertThat(alerts())
        .singleElement()
        .satisfies(
            alert -> {
              assertThat(alert.contributors())
                  .containsExactly(
                      new Contributor("endpoint=/a", 60.0, null, 60 / 90.0),
                      new Contributor("endpoint=/b", 30.0, null, 30 / 90.0));
              assertThat(alert.summary())
                  .isEqualTo("Too many. Most of it is endpoint /a (67 %), /b (33 %).");
            });
    harness.processElement1(new StreamRecord<>(resolved()));
    minute("10:04", 10, 80);
    assertThat(alerts().get(1).contributors()).hasSize(2);
    watermark(at("10:05").plus(Duration.ofDays(32)));
    assertThat(harness.numKeyedStateEntries()).isZero();
  }

  @Test
  void tellsAnEarlyAlertBeforeItsEnd() throws Exception {
    harness.processElement1(new StreamRecord<>(firing(at("10:04"))));
    harness.processElement1(new StreamRecord<>(resolved()));
    minute("10:04", 80, 5);
    assertThat(alerts())
        .extracting(Alert::status)
        .containsExactly(AlertStatus.FIRING, AlertStatus.RESOLVED);
  }

  @Test
  void namesTheLastPartsOfWindowsThatDoNotComeAnyMore() throws Exception {
    minute("10:03", 90, 5);
    minute("10:04", 6, 4);
    watermark(at("12:05"));
    harness.processElement1(new StreamRecord<>(firing(at("12:05"))));
    assertThat(alerts().get(0).contributors())
        .containsExactly(
            new Contributor("endpoint=/a", null, 6.0, 0.6),
            new Contributor("endpoint=/b", null, 4.0, 0.4));
    assertThat(alerts().get(0).summary())
        .isEqualTo("Too many. Most of it was endpoint /a (60 %), /b (40 %).");
  }

  @Test
  void namesWhatWasBeforeAWindowThatCountsAsZero() throws Exception {
    minute("10:03", 9, 1);
    watermark(at("10:05"));
    harness.processElement1(new StreamRecord<>(alert(at("10:05"), new Figures(0.0, null, 5.0))));
    assertThat(alerts().get(0).contributors().get(0))
        .isEqualTo(new Contributor("endpoint=/a", null, 9.0, 0.9));
  }

  @Test
  void comparesAWindowOfDaysWithTheOneBeforeItThoughTheyOverlap() throws Exception {
    SeriesOfWindows week = new SeriesOfWindows("api_requests", "7d", Duration.ofDays(7), "");
    for (int day = 0; day < 2; day++) {
      Instant start = at("00:00").plus(Duration.ofDays(day));
      gather.processElement(new StreamRecord<>(week.closed(start, 100 + 50 * day)));
      gather.processElement(
          new StreamRecord<>(week.of("endpoint=/a").closed(start, 70 + 40 * day)));
      gather.processElement(
          new StreamRecord<>(week.of("endpoint=/b").closed(start, 30 + 10 * day)));
      watermark(start.plus(week.length()));
    }
    Instant end = at("00:00").plus(Duration.ofDays(8));
    harness.processElement1(
        new StreamRecord<>(
            Alert.firing(
                firing().profile(),
                "",
                null,
                end,
                end,
                end,
                new Figures(150.0, null, 120.0),
                "Too many.",
                List.of(
                    new Evidence(
                        "api_requests", "7d", end.minus(week.length()), end, 150.0, 120.0)))));
    assertThat(alerts().get(0).contributors())
        .containsExactly(
            new Contributor("endpoint=/a", 110.0, 70.0, 0.8),
            new Contributor("endpoint=/b", 40.0, 30.0, 0.2));
  }

  @Test
  void keepsWhatAlertsStillNeedThoughThePartsAreFarAhead() throws Exception {
    Instant start = at("10:03");
    rows(start, 5, 5);
    for (int minute = 1; minute < 60; minute++) {
      rows(start.plusSeconds(60 * minute), minute == 1 ? 80 : 7, 5);
      Watermark parts = new Watermark(start.plusSeconds(60 * minute + 60).toEpochMilli() - 1);
      gather.processWatermark(parts);
      passOn();
      harness.processWatermark2(parts);
    }
    harness.processElement1(new StreamRecord<>(firing()));
    harness.processWatermark1(new Watermark(at("11:00").toEpochMilli()));
    assertThat(alerts()).extracting(Alert::contributors).containsExactly(List.of(MOST));
  }

  @Test
  void comparesWithTheNewestWindowsAlone() throws Exception {
    minute("09:40", 6, 6);
    for (Instant start = at("09:41"); start.isBefore(at("10:05")); start = start.plusSeconds(60)) {
      minute(start, start.equals(at("10:04")) ? 80 : 5, 5);
    }
    harness.processElement1(new StreamRecord<>(firing(12.0)));
    // 12 of 09:40 would be nearest, 25 windows ago
    assertThat(alerts().get(0).contributors()).containsExactly(MOST);
  }

  @Test
  void goesOnAfterARestart() throws Exception {
    minute("10:03", 5, 5);
    harness.processElement1(new StreamRecord<>(firing()));
    piece("10:04", 80, 5);
    restart();
    watermark(at("10:05"));
    assertThat(alerts()).extracting(Alert::contributors).containsExactly(List.of(MOST));
  }

  @Test
  void windowsMayComeInAnyOrder() throws Exception {
    piece("10:05", 7, 5);
    piece("10:04", 80, 5);
    piece("10:03", 5, 5);
    harness.processElement1(new StreamRecord<>(firing()));
    watermark(at("10:06"));
    assertThat(alerts()).extracting(Alert::contributors).containsExactly(List.of(MOST));
  }

  @Test
  void aWindowThatComesInPiecesCountsOnce() throws Exception {
    for (Instant start = at("09:41"); start.isBefore(at("10:05")); start = start.plusSeconds(60)) {
      boolean first = start.equals(at("09:41"));
      gather.processElement(new StreamRecord<>(ALL.of("endpoint=/b").closed(start, first ? 6 : 5)));
      beforeACheckpoint();
      double a = start.equals(at("10:04")) ? 80 : first ? 6 : 5;
      gather.processElement(new StreamRecord<>(ALL.of("endpoint=/a").closed(start, a)));
      gather.processElement(new StreamRecord<>(ALL.closed(start, a + (first ? 6 : 5))));
      watermark(start.plusSeconds(60));
    }
    harness.processElement1(new StreamRecord<>(firing(12.0)));
    // 12 of 09:41, the 24th window from the end
    assertThat(alerts().get(0).contributors())
        .containsExactly(new Contributor("endpoint=/a", 80.0, 6.0, 74 / 73.0));
  }

  @Test
  void keepsTheNewestWindowsAlone() throws Exception {
    hour("09:00");
    // those that the watermark has passed, and the last two, which it had not when they came
    assertThat(windowsKept()).hasSize(24 + 2).allMatch(end -> end > at("09:34").toEpochMilli());
    // long closed, and older than all that are kept
    harness.processElement2(new StreamRecord<>(parts(at("08:00"))));
    assertThat(windowsKept()).hasSize(24 + 1).doesNotContain(at("08:01").toEpochMilli());
  }

  @Test
  void goesOnFromASavepointThatHasNoEnds() throws Exception {
    minute("10:03", 5, 5);
    harness.processElement1(new StreamRecord<>(firing()));
    piece("10:04", 80, 5);
    state()
        .getPartitionedState(
            VoidNamespace.INSTANCE,
            VoidNamespaceSerializer.INSTANCE,
            new ValueStateDescriptor<>(
                "ends", PrimitiveArrayTypeInfo.LONG_PRIMITIVE_ARRAY_TYPE_INFO))
        .clear();
    restart();
    watermark(at("10:05"));
    assertThat(alerts()).extracting(Alert::contributors).containsExactly(List.of(MOST));
    hour("11:00");
    assertThat(windowsKept()).hasSize(24 + 2);
  }

  private void restart() throws Exception {
    OperatorSubtaskState kept = harness.snapshot(1, 1);
    harness.close();
    harness = harness();
    harness.initializeState(kept);
    harness.open();
  }

  private void hour(String start) throws Exception {
    for (int minute = 0; minute < 60; minute++) {
      minute(at(start).plusSeconds(60 * minute), 5, 5);
    }
  }

  /** A minute of two endpoints that is passed on before the watermark that closes it. */
  private void piece(String start, double a, double b) throws Exception {
    rows(at(start), a, b);
    beforeACheckpoint();
  }

  private void beforeACheckpoint() throws Exception {
    gather.prepareSnapshotPreBarrier(1);
    passOn();
  }

  private static WindowParts parts(Instant start) {
    long begin = start.toEpochMilli();
    return new WindowParts(
        "api_requests",
        "1m",
        begin,
        begin + 60_000,
        false,
        new ArrayList<>(List.of(new WindowPart("", 1, 1))));
  }

  /** The ends of the windows in state. */
  private List<Long> windowsKept() throws Exception {
    MapState<Long, WindowParts> windows =
        state()
            .getPartitionedState(
                VoidNamespace.INSTANCE,
                VoidNamespaceSerializer.INSTANCE,
                new MapStateDescriptor<>(
                    "windows", Types.LONG, TypeInformation.of(WindowParts.class)));
    List<Long> ends = new ArrayList<>();
    windows.keys().forEach(ends::add);
    return ends;
  }

  private KeyedStateBackend<String> state() {
    KeyedStateBackend<String> state =
        ((AbstractStreamOperator<?>) harness.getOperator()).getKeyedStateBackend();
    state.setCurrentKey(PartedMetrics.key("api_requests", "1m"));
    return state;
  }

  /** A minute of two endpoints, and the watermark that closes it. */
  private void minute(String start, double a, double b) throws Exception {
    minute(at(start), a, b);
  }

  private void minute(Instant start, double a, double b) throws Exception {
    rows(start, a, b);
    watermark(start.plus(Duration.ofMinutes(1)));
  }

  private void rows(Instant start, double a, double b) throws Exception {
    gather.processElement(new StreamRecord<>(ALL.of("endpoint=/b").closed(start, b)));
    gather.processElement(new StreamRecord<>(ALL.closed(start, a + b)));
    gather.processElement(new StreamRecord<>(ALL.of("endpoint=/a").closed(start, a)));
  }

  private void openRows(String start, double a, double b) throws Exception {
    gather.processElement(new StreamRecord<>(ALL.of("endpoint=/a").open(start, a)));
    gather.processElement(new StreamRecord<>(ALL.of("endpoint=/b").open(start, b)));
    gather.processElement(new StreamRecord<>(ALL.open(start, a + b)));
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
    return firing(at("10:05"));
  }

  private static Alert firing(Instant now) {
    return alert(now, new Figures(85.0, null, 50.0));
  }

  private static Alert firing(double usual) {
    return alert(at("10:05"), new Figures(85.0, usual, 50.0));
  }

  private static Alert resolved() {
    return firing().resolved(Resolution.RECOVERED, at("10:06"), at("10:06"), "Over.");
  }

  private static Alert alert(Instant now, Figures figures) {
    return Alert.firing(
        new AlertProfile("watched", "", Severity.HIGH, List.of(), List.of(), ""),
        "",
        null,
        at("10:05"),
        at("10:05"),
        now,
        figures,
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
