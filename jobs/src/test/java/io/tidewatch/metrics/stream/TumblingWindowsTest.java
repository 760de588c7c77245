package io.tidewatch.metrics.stream;

import static io.tidewatch.metrics.TestEvents.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.tidewatch.ingest.QualityFlag;
import io.tidewatch.metric.MetricWindow;
import io.tidewatch.metrics.MetricCatalogue;
import io.tidewatch.metrics.TestEvents;
import io.tidewatch.metrics.TestMetrics;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.junit.jupiter.api.Test;

class TumblingWindowsTest {

  private static final MetricCatalogue HOURLY = requests("[1h]", 100);
  private static final MetricCatalogue REVENUE =
      TestMetrics.catalogue(
          """
          - name: revenue
            unit: currency
            inputs: {paid: {event: payment.succeeded, sum: amount}}
            windows: [1d]
          """);

  private static final MetricCatalogue SPENT =
      TestMetrics.catalogue(
          """
          - name: spent
            unit: ratio
            inputs:
              spend: {event: ad.spend, sum: amount}
              budget: {event: campaign.budget, last: daily_budget}
            formula: spend / budget
            windows: [1m, 1h]
          """);

  @Test
  void theFinalRowComesExactlyAtTheEnd() throws Exception {
    try (var windows = windows(HOURLY)) {
      windows.send(request("12:00:00", "/a"));
      windows.send(request("12:59:59.999", "/b"));
      windows.send(request("13:00:00", "/b"));
      windows.eventTimeReaches("2026-03-01T12:59:59.999Z");
      assertThat(windows.newRows()).isEmpty();

      windows.eventTimeReaches("2026-03-01T13:00:00Z");
      assertThat(windows.newRows())
          .extracting(
              MetricWindow::series,
              MetricWindow::value,
              MetricWindow::isFinal,
              MetricWindow::version)
          .containsExactlyInAnyOrder(
              // the version is 2 × events + 1
              tuple("", 2.0, true, 5L),
              tuple("endpoint=/a", 1.0, true, 3L),
              tuple("endpoint=/b", 1.0, true, 3L));
    }
  }

  @Test
  void aMetricThatTakesTimeToSettleIsFinalThatLongAfterTheEnd() throws Exception {
    try (var windows = windows(settlingAfter("15m"))) {
      windows.send(request("12:00:00", "/a"));
      windows.eventTimeReaches("2026-03-01T13:10:00Z");
      windows.send(request("12:30:00", "/a"));
      windows.eventTimeReaches("2026-03-01T13:14:59.999Z");
      assertThat(windows.newRows()).isEmpty();
      windows.eventTimeReaches("2026-03-01T13:15:00Z");
      assertThat(windows.newRows())
          .extracting(MetricWindow::value, MetricWindow::isFinal)
          .containsExactly(tuple(2.0, true));
    }
    // longer than late events are allowed
    try (var windows = windows(settlingAfter("3h"))) {
      windows.send(request("12:00:00", "/a"));
      windows.eventTimeReaches("2026-03-01T16:00:00Z");
      assertThat(windows.newRows()).extracting(MetricWindow::isFinal).containsExactly(true);
      windows.eventTimeReaches("2026-03-01T17:00:00Z");
      assertThat(windows.kept()).isZero();
    }
  }

  @Test
  void aLateEventRewritesItsRowsWithAHigherVersion() throws Exception {
    try (var windows = windows(HOURLY)) {
      windows.send(request("12:10:00", "/a"));
      windows.send(request("12:10:00", "/b"));
      windows.eventTimeReaches("2026-03-01T13:59:59.999Z");
      windows.newRows();

      windows.send(request("12:20:00", "/a"));
      assertThat(windows.newRows())
          .extracting(MetricWindow::series, MetricWindow::value, MetricWindow::version)
          .containsExactlyInAnyOrder(tuple("", 3.0, 7L), tuple("endpoint=/a", 2.0, 5L));

      windows.eventTimeReaches("2026-03-01T14:00:00Z");
      windows.send(request("12:30:00", "/a"));
      assertThat(windows.newRows()).isEmpty();
    }
  }

  @Test
  void aWindowWhoseFirstEventIsLateIsFinalAtOnceAndGoneAfterwards() throws Exception {
    try (var windows = windows(HOURLY)) {
      windows.eventTimeReaches("2026-03-01T13:30:00Z");
      windows.send(request("12:10:00", "/a"));
      assertThat(windows.newRows())
          .extracting(MetricWindow::series, MetricWindow::isFinal, MetricWindow::version)
          .containsExactlyInAnyOrder(tuple("", true, 3L), tuple("endpoint=/a", true, 3L));

      windows.eventTimeReaches("2026-03-01T15:00:00Z");
      assertThat(windows.newRows()).isEmpty();
      assertThat(windows.kept()).isZero();
    }
  }

  @Test
  void aRowThatACorrectionLeavesWithoutAValueCeasesAndMayComeBack() throws Exception {
    try (var windows = windows(SPENT)) {
      windows.send(event("ad.spend").amount("5", "EUR").at("2026-03-01T12:00:00Z"));
      windows.send(budget("12:00:10", "10"));
      windows.eventTimeReaches("2026-03-01T12:30:00Z");
      assertThat(windows.newRows())
          .extracting(MetricWindow::window, MetricWindow::value, MetricWindow::version)
          .containsExactly(tuple("1m", 0.5, 5L));
      assertThat(windows.tombstones()).isEmpty();

      windows.send(budget("12:00:20", "0"));
      assertThat(windows.newRows()).isEmpty();
      assertThat(windows.tombstones())
          .extracting(MetricWindow::window, MetricWindow::isFinal, MetricWindow::version)
          .containsExactly(tuple("1m", true, 7L));

      windows.send(budget("12:00:30", "20"));
      assertThat(windows.newRows())
          .extracting(MetricWindow::window, MetricWindow::value, MetricWindow::version)
          .containsExactly(tuple("1m", 0.25, 9L));
    }
  }

  @Test
  void aProvisionalRowThatIsLeftWithoutAValueCeases() throws Exception {
    try (var windows = windows(SPENT)) {
      windows.wallClockReaches("2026-03-01T12:00:30Z");
      windows.eventTimeReaches("2026-03-01T12:00:30Z");
      windows.send(event("ad.spend").amount("5", "EUR").at("2026-03-01T12:00:40Z"));
      windows.send(budget("12:00:40", "10"));
      windows.wallClockReaches("2026-03-01T12:01:00Z");
      assertThat(windows.newRows())
          .extracting(MetricWindow::window, MetricWindow::value, MetricWindow::version)
          .containsExactly(tuple("1h", 0.5, 4L));

      windows.send(budget("12:00:50", "0"));
      windows.wallClockReaches("2026-03-01T12:02:00Z");
      windows.eventTimeReaches("2026-03-01T13:00:00Z");
      assertThat(windows.newRows()).isEmpty();
      // nobody has seen a row of the minute
      assertThat(windows.tombstones())
          .extracting(MetricWindow::window, MetricWindow::isFinal, MetricWindow::version)
          .containsExactly(tuple("1h", false, 6L), tuple("1h", true, 7L));
    }
  }

  @Test
  void noVersionIsWrittenTwiceWithDifferentContent() throws Exception {
    List<MetricWindow> rows;
    try (var windows = windows(requests("[1m, 1h]", 100))) {
      windows.wallClockReaches("2026-03-01T12:00:00Z");
      for (int minute = 0; minute < 60; minute++) {
        String now = "2026-03-01T12:%02d:30Z".formatted(minute);
        windows.eventTimeReaches(now);
        windows.send(request("12:%02d:31".formatted(minute), "/" + minute % 3));
        windows.send(request("12:%02d:00".formatted(minute / 2), "/late"));
        windows.wallClockReaches(now);
      }
      windows.eventTimeReaches("2026-03-01T13:20:00Z");
      windows.send(request("12:59:00", "/late"));
      windows.eventTimeReaches("2026-03-01T15:00:00Z");
      rows = windows.newRows();
      assertThat(windows.kept()).isZero();
    }
    Map<List<Object>, MetricWindow> byVersion = new HashMap<>();
    for (MetricWindow row : rows) {
      MetricWindow same =
          byVersion.put(List.of(row.window(), row.windowStart(), row.series(), row.version()), row);
      assertThat(same).isIn(null, row);
    }
    // 60 + 60 and one after the end
    assertThat(rows).filteredOn(row -> row.samples() == 121).hasSize(1);
  }

  @Test
  void hoursAndDaysWriteWhatChangedAtEachWallClockMinute() throws Exception {
    try (var windows = windows(requests("[1m, 1h, 1d]", 100))) {
      windows.wallClockReaches("2026-03-01T12:00:10Z");
      windows.eventTimeReaches("2026-03-01T12:00:00Z");
      windows.send(request("12:00:05", "/a"));
      windows.send(request("12:00:06", "/b"));
      windows.wallClockReaches("2026-03-01T12:00:59.999Z");
      assertThat(windows.newRows()).isEmpty();

      windows.wallClockReaches("2026-03-01T12:01:00Z");
      assertThat(windows.newRows())
          .extracting(
              MetricWindow::window,
              MetricWindow::series,
              MetricWindow::isFinal,
              MetricWindow::version)
          .containsExactlyInAnyOrder(
              tuple("1h", "", false, 4L),
              tuple("1h", "endpoint=/a", false, 2L),
              tuple("1h", "endpoint=/b", false, 2L),
              tuple("1d", "", false, 4L),
              tuple("1d", "endpoint=/a", false, 2L),
              tuple("1d", "endpoint=/b", false, 2L));

      windows.wallClockReaches("2026-03-01T12:02:00Z");
      assertThat(windows.newRows()).isEmpty();

      windows.send(request("12:00:07", "/b"));
      windows.wallClockReaches("2026-03-01T12:03:00Z");
      assertThat(windows.newRows())
          .extracting(MetricWindow::window, MetricWindow::series, MetricWindow::value)
          .containsExactlyInAnyOrder(
              tuple("1h", "", 3.0),
              tuple("1h", "endpoint=/b", 2.0),
              tuple("1d", "", 3.0),
              tuple("1d", "endpoint=/b", 2.0));
    }
  }

  @Test
  void whileTheWatermarkLagsNoProvisionalRowIsWrittenAndAllComeSecondsAfterIt() throws Exception {
    try (var windows = windows(HOURLY)) {
      windows.wallClockReaches("2026-03-01T12:30:30Z");
      windows.eventTimeReaches("2026-03-01T12:25:00Z");
      windows.send(request("12:25:00", "/a"));
      // at 12:31 the lag is of 6 minutes and a millisecond, at 12:32 of 5 and one
      windows.wallClockReaches("2026-03-01T12:31:00Z");
      assertThat(windows.newRows()).isEmpty();
      windows.eventTimeReaches("2026-03-01T12:27:00Z");
      windows.wallClockReaches("2026-03-01T12:32:00Z");
      assertThat(windows.newRows()).isEmpty();

      windows.eventTimeReaches("2026-03-01T12:28:00.001Z");
      windows.wallClockReaches("2026-03-01T12:32:05Z");
      assertThat(windows.newRows()).extracting(MetricWindow::version).containsExactly(2L, 2L);

      windows.send(request("12:28:01", "/a"));
      windows.wallClockReaches("2026-03-01T12:32:59.999Z");
      assertThat(windows.newRows()).isEmpty();
      windows.wallClockReaches("2026-03-01T12:33:00Z");
      assertThat(windows.newRows()).extracting(MetricWindow::version).containsExactly(4L, 4L);
    }
  }

  /** The last of what was late comes together with the watermark that it is no longer late by. */
  @Test
  void rowsOfWhatCameAtTheEndOfALagDoNotWaitForTheMinuteEither() throws Exception {
    try (var windows = windows(HOURLY)) {
      windows.wallClockReaches("2026-03-01T12:30:30Z");
      windows.eventTimeReaches("2026-03-01T11:00:00Z");
      windows.send(request("11:00:00", "/a"));
      windows.eventTimeReaches("2026-03-01T12:30:00Z");
      windows.newRows();
      windows.send(request("12:30:01", "/a"));
      windows.wallClockReaches("2026-03-01T12:30:35Z");
      assertThat(windows.newRows())
          .extracting(MetricWindow::windowStart)
          .containsOnly(Instant.parse("2026-03-01T12:00:00Z"))
          .hasSize(2);
    }
  }

  @Test
  void provisionalRowsOfBeforeARestoreStillCome() throws Exception {
    OperatorSubtaskState snapshot;
    try (var windows = MetricWindowsHarness.tumbling(HOURLY, ZoneOffset.UTC).onRocksDb()) {
      windows.opened();
      windows.wallClockReaches("2026-03-01T12:00:10Z");
      windows.send(request("12:00:05", "/before"));
      snapshot = windows.snapshot();
    }
    try (var windows = MetricWindowsHarness.tumbling(HOURLY, ZoneOffset.UTC).onRocksDb()) {
      windows.restoredFrom(snapshot);
      windows.eventTimeReaches("2026-03-01T12:00:00Z");
      windows.send(request("12:00:30", "/after"));
      windows.wallClockReaches("2026-03-01T12:01:00Z");
      assertThat(windows.newRows())
          .extracting(MetricWindow::series, MetricWindow::value)
          .containsExactlyInAnyOrder(
              tuple("", 2.0), tuple("endpoint=/before", 1.0), tuple("endpoint=/after", 1.0));
      windows.wallClockReaches("2026-03-01T12:02:00Z");
      assertThat(windows.newRows()).isEmpty();
    }
  }

  @Test
  void provisionalRowsThatWereWrittenBeforeARestoreDoNotComeAgain() throws Exception {
    OperatorSubtaskState snapshot;
    try (var windows = MetricWindowsHarness.tumbling(HOURLY, ZoneOffset.UTC).onRocksDb()) {
      windows.opened();
      windows.eventTimeReaches("2026-03-01T12:00:00Z");
      windows.wallClockReaches("2026-03-01T12:00:10Z");
      windows.send(request("12:00:05", "/written"));
      windows.wallClockReaches("2026-03-01T12:01:00Z");
      windows.send(request("12:00:06", "/changed"));
      snapshot = windows.snapshot();
    }
    try (var windows = MetricWindowsHarness.tumbling(HOURLY, ZoneOffset.UTC).onRocksDb()) {
      windows.restoredFrom(snapshot);
      windows.eventTimeReaches("2026-03-01T12:00:10Z");
      windows.wallClockReaches("2026-03-01T12:02:00Z");
      assertThat(windows.newRows())
          .extracting(MetricWindow::series, MetricWindow::value)
          .containsExactlyInAnyOrder(tuple("", 2.0), tuple("endpoint=/changed", 1.0));
      windows.eventTimeReaches("2026-03-01T14:01:00.001Z");
      assertThat(windows.keptWindows()).isZero();
    }
  }

  @Test
  void aJobThatWasDownForLongCatchesUpBeforeItWritesProvisionalRows() throws Exception {
    OperatorSubtaskState snapshot;
    try (var windows = windows(requests("[1d]", 100))) {
      windows.wallClockReaches("2026-03-01T12:00:10Z");
      windows.send(request("12:00:05", "/a"));
      snapshot = windows.snapshot();
    }
    try (var windows = MetricWindowsHarness.tumbling(requests("[1d]", 100), ZoneOffset.UTC)) {
      windows.restoredFrom(snapshot);
      windows.eventTimeReaches("2026-03-01T12:01:00Z");
      windows.wallClockReaches("2026-03-01T15:00:00Z");
      assertThat(windows.newRows()).isEmpty();
    }
  }

  @Test
  void seriesBeyondTheCapShareOneAndAMetricSaysSo() throws Exception {
    try (var windows = windows(requests("[1h]", 2))) {
      windows.wallClockReaches("2026-03-01T12:00:00Z");
      windows.eventTimeReaches("2026-03-01T12:00:00Z");
      for (String endpoint : List.of("/a", "/b", "/c", "/d", "/a", "/c")) {
        windows.send(request("12:00:05", endpoint));
      }
      windows.wallClockReaches("2026-03-01T12:01:00Z");
      assertThat(windows.newRows()).extracting(MetricWindow::metric).contains(MetricRows.CAPPED);

      windows.eventTimeReaches("2026-03-01T13:00:00Z");
      List<MetricWindow> rows = windows.newRows();
      assertThat(rows)
          .extracting(MetricWindow::metric, MetricWindow::series, MetricWindow::value)
          .containsExactlyInAnyOrder(
              tuple("requests", "", 6.0),
              tuple("requests", "endpoint=/a", 2.0),
              tuple("requests", "endpoint=/b", 1.0),
              tuple("requests", "endpoint=~other", 3.0),
              tuple(MetricRows.CAPPED, "metric=requests", 3.0));

      windows.send(request("12:30:00", "/e"));
      assertThat(windows.newRows())
          .extracting(MetricWindow::metric, MetricWindow::value, MetricWindow::version)
          .containsExactlyInAnyOrder(
              tuple("requests", 7.0, 15L),
              tuple("requests", 4.0, 9L),
              tuple(MetricRows.CAPPED, 4.0, 9L));
    }
  }

  @Test
  void amountsInTwoCurrenciesAreFlagged() throws Exception {
    try (var windows = windows(REVENUE)) {
      windows.send(payment("2026-03-01T10:00:00Z", "10.10", "EUR"));
      windows.eventTimeReaches("2026-03-02T00:00:00Z");
      assertThat(windows.flags()).isEmpty();

      windows.send(payment("2026-03-01T11:00:00Z", "0.20", "USD"));
      assertThat(windows.flags())
          .extracting(QualityFlag::check, QualityFlag::eventId)
          .containsExactly(tuple("MIXED_CURRENCY", "revenue|1d|"));
      assertThat(windows.flags().get(0).message()).contains("EUR and USD");
    }
  }

  @Test
  void nothingIsKeptOnceLatenessIsOver() throws Exception {
    try (var windows = windows(requests("[1m, 1h, 1d]", 100))) {
      windows.wallClockReaches("2026-03-01T12:00:10Z");
      windows.send(request("12:00:05", "/a"));
      // final without a minute of the wall clock having passed, so that its timer is pending
      windows.eventTimeReaches("2026-03-02T00:00:00Z");
      windows.send(request("23:59:59", "/a"));
      assertThat(windows.kept()).isPositive();
      windows.eventTimeReaches("2026-03-02T01:01:00.001Z");
      assertThat(windows.kept()).isZero();
    }
  }

  @Test
  void nothingIsKeptForEverWhenAMetricSettlesLaterThanWhenItsWindowOpened() throws Exception {
    OperatorSubtaskState snapshot;
    try (var windows = windows(settlingAfter("15m"))) {
      windows.send(request("12:00:00", "/a"));
      windows.eventTimeReaches("2026-03-01T13:30:00Z");
      snapshot = windows.snapshot();
    }
    try (var windows = MetricWindowsHarness.tumbling(settlingAfter("3h"), ZoneOffset.UTC)) {
      windows.restoredFrom(snapshot);
      windows.eventTimeReaches("2026-03-01T15:59:00Z");
      assertThat(windows.kept()).isPositive();
      windows.eventTimeReaches("2026-03-01T17:00:00Z");
      assertThat(windows.kept()).isZero();
    }
  }

  @Test
  void aSnapshotInTheMiddleOfAWindowChangesNothing() throws Exception {
    OperatorSubtaskState snapshot;
    List<MetricWindow> undisturbed;
    try (var windows = MetricWindowsHarness.tumbling(REVENUE, ZoneOffset.UTC).onRocksDb()) {
      windows.opened();
      windows.send(payment("2026-03-01T10:00:00Z", "10.10", "EUR"));
      snapshot = windows.snapshot();
      windows.send(payment("2026-03-01T11:00:00Z", "0.20", "EUR"));
      windows.eventTimeReaches("2026-03-02T00:00:00Z");
      undisturbed = windows.newRows();
    }
    assertThat(undisturbed)
        .extracting(MetricWindow::amount)
        .containsExactly(new BigDecimal("10.3")); // 10.10 + 0.20
    try (var windows = MetricWindowsHarness.tumbling(REVENUE, ZoneOffset.UTC).onRocksDb()) {
      windows.restoredFrom(snapshot);
      windows.send(payment("2026-03-01T11:00:00Z", "0.20", "EUR"));
      windows.eventTimeReaches("2026-03-02T00:00:00Z");
      assertThat(windows.newRows()).isEqualTo(undisturbed);
    }
  }

  @Test
  void daysOf23And25HoursRunFromMidnightToMidnight() throws Exception {
    ZoneId berlin = ZoneId.of("Europe/Berlin");
    try (var windows = MetricWindowsHarness.tumbling(REVENUE, berlin).opened()) {
      // 29 March is over at 22:00 UTC, 25 October begins at 22:00 and ends at 23:00 UTC
      windows.send(payment("2026-03-28T23:00:00Z", "1", "EUR"));
      windows.send(payment("2026-03-29T21:59:59.999Z", "1", "EUR"));
      windows.send(payment("2026-03-29T22:00:00Z", "100", "EUR"));
      windows.eventTimeReaches("2026-03-29T22:00:00Z");
      windows.send(payment("2026-10-24T22:00:00Z", "1", "EUR"));
      windows.send(payment("2026-10-25T22:59:59.999Z", "1", "EUR"));
      windows.send(payment("2026-10-25T23:00:00Z", "100", "EUR"));
      windows.eventTimeReaches("2026-10-25T23:00:00Z");

      assertThat(windows.newRows())
          .filteredOn(row -> row.value() == 2)
          .extracting(row -> Duration.between(row.windowStart(), row.windowEnd()))
          .containsExactly(Duration.ofHours(23), Duration.ofHours(25));
    }
  }

  private static MetricWindowsHarness windows(MetricCatalogue metrics) throws Exception {
    return MetricWindowsHarness.tumbling(metrics, ZoneOffset.UTC).opened();
  }

  private static MetricCatalogue requests(String windows, int maxSeries) {
    return TestMetrics.catalogue(
        """
        - name: requests
          unit: count
          inputs: {all: {event: api.request, count: true}}
          by: [[endpoint]]
          windows: %s
          max_series: %d
        """
            .formatted(windows, maxSeries));
  }

  private static MetricCatalogue settlingAfter(String duration) {
    return TestMetrics.catalogue(
        """
        - name: requests
          unit: count
          inputs: {all: {event: api.request, count: true}}
          windows: [1h]
          settles_after: %s
        """
            .formatted(duration));
  }

  private static TestEvents request(String time, String endpoint) {
    return event("api.request").with("endpoint", endpoint).at("2026-03-01T" + time + "Z");
  }

  private static TestEvents payment(String time, String amount, String currency) {
    return event("payment.succeeded").amount(amount, currency).at(time);
  }

  private static TestEvents budget(String time, String amount) {
    return event("campaign.budget").with("daily_budget", amount).at("2026-03-01T" + time + "Z");
  }
}
