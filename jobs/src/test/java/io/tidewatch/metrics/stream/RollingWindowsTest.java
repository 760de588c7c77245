package io.tidewatch.metrics.stream;

import static io.tidewatch.metrics.TestEvents.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.tidewatch.ingest.QualityFlag;
import io.tidewatch.metric.MetricWindow;
import io.tidewatch.metrics.MetricCatalogue;
import io.tidewatch.metrics.TestEvents;
import io.tidewatch.metrics.TestMetrics;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;

class RollingWindowsTest {

  private static final MetricCatalogue VIEWERS =
      TestMetrics.catalogue(
          """
          - name: viewers
            unit: count
            inputs: {users: {event: page.viewed, distinct: user_id}}
            rolling: [7d, 30d]
          """);

  private static final MetricCatalogue WEEKLY_REVENUE =
      TestMetrics.catalogue(
          """
          - name: revenue
            unit: currency
            inputs: {paid: {event: payment.succeeded, sum: amount}}
            by: [[plan]]
            rolling: [2d]
          """);

  @Test
  void aPersonCountsInTheWindowsThatEndAtTheNextMidnights() throws Exception {
    try (var windows = windows(VIEWERS)) {
      windows.send(view("ann", "2026-03-01T10:00:00Z"));
      windows.send(view("bob", "2026-03-01T11:00:00Z"));
      windows.send(view("ann", "2026-03-01T12:00:00Z"));
      windows.eventTimeReaches("2026-03-01T23:59:59.999Z");
      assertThat(windows.newRows()).isEmpty();

      windows.eventTimeReaches("2026-03-02T00:00:00Z");
      assertThat(windows.newRows())
          .extracting(
              MetricWindow::window,
              MetricWindow::windowStart,
              MetricWindow::windowEnd,
              MetricWindow::value,
              MetricWindow::version)
          .containsExactlyInAnyOrder(
              tuple("7d", at("2026-02-23"), at("2026-03-02"), 2.0, 7L),
              tuple("30d", at("2026-01-31"), at("2026-03-02"), 2.0, 7L));
    }
  }

  @Test
  void quietDaysStillHaveTheirWindowsUntilTheLastHoldsNothing() throws Exception {
    try (var windows = windows(VIEWERS)) {
      windows.send(view("ann", "2026-03-01T10:00:00Z"));
      windows.eventTimeReaches("2026-05-01T00:00:00Z");
      List<MetricWindow> rows = windows.newRows();
      assertThat(rows).filteredOn(row -> row.window().equals("7d")).hasSize(7);
      assertThat(rows).filteredOn(row -> row.window().equals("30d")).hasSize(30);
      assertThat(rows).extracting(MetricWindow::windowEnd).contains(at("2026-03-31"));
      assertThat(windows.kept()).isZero();
    }
  }

  @Test
  void anEventAfterMidnightCorrectsTheWindowsThatCountIt() throws Exception {
    try (var windows = windows(VIEWERS)) {
      windows.send(view("ann", "2026-03-01T10:00:00Z"));
      windows.eventTimeReaches("2026-03-02T00:59:59.999Z");
      windows.newRows();
      windows.send(view("bob", "2026-03-01T23:59:59Z"));
      assertThat(windows.newRows())
          .extracting(MetricWindow::window, MetricWindow::windowEnd, MetricWindow::value)
          .containsExactlyInAnyOrder(
              tuple("7d", at("2026-03-02"), 2.0), tuple("30d", at("2026-03-02"), 2.0));
    }
  }

  @Test
  void aWindowThatHadClosedToAnEventNeverCountsIt() throws Exception {
    try (var windows = windows(WEEKLY_REVENUE)) {
      windows.send(payment("2026-03-01T10:00:00Z", "1", "EUR"));
      windows.eventTimeReaches("2026-03-02T00:59:59Z");
      windows.newRows();

      // one source has passed the hour after midnight, another has not
      windows.sendJudgedAt("2026-03-02T01:00:00Z", payment("2026-03-01T11:00:00Z", "10", "EUR"));
      assertThat(windows.newRows()).isEmpty();
      windows.send(payment("2026-03-01T12:00:00Z", "100", "EUR"));
      assertThat(amounts(windows.newRows()))
          .containsExactlyInAnyOrder(
              // 1 + 100, without the 10 that came too late
              tuple("", at("2026-03-02"), "101"), tuple("plan=", at("2026-03-02"), "101"));

      windows.eventTimeReaches("2026-03-03T00:00:00Z");
      assertThat(amounts(windows.newRows()))
          .containsExactlyInAnyOrder(
              tuple("", at("2026-03-03"), "111"), tuple("plan=", at("2026-03-03"), "111"));
    }
  }

  @Test
  void aWindowThatHadClosedToAnEventDoesNotCountItThoughItIsYetToBeWritten() throws Exception {
    try (var windows = windows(WEEKLY_REVENUE)) {
      windows.send(payment("2026-03-01T10:00:00Z", "1", "EUR"));
      windows.sendJudgedAt("2026-03-02T01:00:00Z", payment("2026-03-01T11:00:00Z", "10", "EUR"));
      windows.eventTimeReaches("2026-03-02T00:00:00Z");
      assertThat(amounts(windows.newRows())).contains(tuple("", at("2026-03-02"), "1"));
    }
  }

  @Test
  void correctionsLeaveWhatIsKeptAsItWas() throws Exception {
    try (var windows = windows(WEEKLY_REVENUE)) {
      windows.send(payment("2026-03-01T10:00:00Z", "1", "EUR"));
      windows.send(payment("2026-03-02T10:00:00Z", "2", "EUR"));
      windows.eventTimeReaches("2026-03-03T00:00:00Z");
      windows.send(payment("2026-03-02T11:00:00Z", "4", "EUR"));
      windows.send(payment("2026-03-02T12:00:00Z", "8", "EUR"));
      windows.newRows();
      windows.send(payment("2026-03-02T13:00:00Z", "16", "EUR"));
      // 1 + 2 + 4 + 8 + 16
      assertThat(amounts(windows.newRows())).contains(tuple("", at("2026-03-03"), "31"));
    }
  }

  @Test
  void amountsInTwoCurrenciesAreFlaggedInCorrectionsToo() throws Exception {
    try (var windows = windows(WEEKLY_REVENUE)) {
      windows.send(payment("2026-03-01T10:00:00Z", "1", "EUR"));
      windows.eventTimeReaches("2026-03-02T00:00:00Z");
      assertThat(windows.flags()).isEmpty();
      windows.send(payment("2026-03-01T11:00:00Z", "1", "USD"));
      assertThat(windows.flags())
          .extracting(QualityFlag::check)
          .containsExactly("MIXED_CURRENCY", "MIXED_CURRENCY");
    }
  }

  @Test
  void midnightsAreLocalWhenTheClocksChange() throws Exception {
    ZoneId berlin = ZoneId.of("Europe/Berlin");
    try (var windows = MetricWindowsHarness.rolling(WEEKLY_REVENUE, berlin).opened()) {
      windows.send(payment("2026-03-29T10:00:00Z", "1", "EUR"));
      windows.eventTimeReaches("2026-04-10T00:00:00Z");
      assertThat(windows.newRows())
          .filteredOn(row -> row.series().isEmpty())
          .extracting(
              MetricWindow::windowEnd, row -> Duration.between(row.windowStart(), row.windowEnd()))
          .containsExactly(
              // 24 + 23 hours, then 23 + 24
              tuple(Instant.parse("2026-03-29T22:00:00Z"), Duration.ofHours(47)),
              tuple(Instant.parse("2026-03-30T22:00:00Z"), Duration.ofHours(47)));
      assertThat(windows.kept()).isZero();
    }
  }

  @Test
  void aSnapshotInTheMiddleOfAWindowChangesNothing() throws Exception {
    OperatorSubtaskState snapshot;
    try (var windows = MetricWindowsHarness.rolling(VIEWERS, ZoneOffset.UTC).onRocksDb()) {
      windows.opened();
      windows.send(view("ann", "2026-03-01T10:00:00Z"));
      windows.eventTimeReaches("2026-03-03T12:00:00Z");
      snapshot = windows.snapshot();
    }
    try (var windows = MetricWindowsHarness.rolling(VIEWERS, ZoneOffset.UTC).onRocksDb()) {
      windows.restoredFrom(snapshot);
      windows.sendJudgedAt("2026-03-03T12:00:00Z", view("bob", "2026-03-03T12:00:01Z"));
      windows.eventTimeReaches("2026-03-04T00:00:00Z");
      assertThat(windows.newRows())
          .extracting(MetricWindow::window, MetricWindow::windowEnd, MetricWindow::value)
          .containsExactlyInAnyOrder(
              tuple("7d", at("2026-03-04"), 2.0), tuple("30d", at("2026-03-04"), 2.0));
    }
  }

  private static List<Tuple> amounts(List<MetricWindow> rows) {
    return rows.stream()
        .map(row -> tuple(row.series(), row.windowEnd(), row.amount().toPlainString()))
        .toList();
  }

  private static MetricWindowsHarness windows(MetricCatalogue metrics) throws Exception {
    return MetricWindowsHarness.rolling(metrics, ZoneOffset.UTC).opened();
  }

  private static Instant at(String date) {
    return LocalDate.parse(date).atStartOfDay(ZoneOffset.UTC).toInstant();
  }

  private static TestEvents view(String user, String time) {
    return event("page.viewed").user(user).at(time);
  }

  private static TestEvents payment(String time, String amount, String currency) {
    return event("payment.succeeded").amount(amount, currency).at(time);
  }
}
