package io.tidewatch.metrics.stream;

import static io.tidewatch.metrics.TestEvents.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.tidewatch.metric.MetricWindow;
import io.tidewatch.metrics.MetricCatalogue;
import io.tidewatch.metrics.TestEvents;
import io.tidewatch.metrics.TestMetrics;
import java.time.ZoneOffset;
import java.util.List;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;

class KnownDefinitionsTest {

  private static final String REQUESTS = hourly("requests", "count: true");
  private static final String ERRORS =
      hourly("errors", "where: {status_code: \">= 500\"}, count: true");
  private static final String BYTES = hourly("bytes", "sum: bytes_processed");
  private static final String WEEKLY =
      """
      - name: weekly
        unit: count
        inputs: {all: {event: api.request, count: true}}
        rolling: [2d]
      """;

  @Test
  void aFreshStartSkipsNothing() throws Exception {
    try (var windows = tumbling(REQUESTS).opened()) {
      windows.send(request("10:59:59"));
      windows.eventTimeReaches("2026-03-01T11:00:00Z");
      assertThat(windows.newRows()).hasSize(1);
    }
  }

  @Test
  void anAddedMetricSkipsTheWindowsItSawAPartOfAndTouchesNoOther() throws Exception {
    OperatorSubtaskState snapshot;
    try (var windows = tumbling(REQUESTS).opened()) {
      windows.send(request("12:10:00"));
      windows.eventTimeReaches("2026-03-01T12:10:00Z");
      snapshot = windows.snapshot();
    }
    try (var windows = tumbling(REQUESTS + ERRORS).restoredFrom(snapshot)) {
      windows.send(request("12:20:00"));
      windows.send(request("13:20:00"));
      windows.eventTimeReaches("2026-03-01T14:00:00Z");
      assertThat(values(windows.newRows()))
          .containsExactlyInAnyOrder(
              tuple("requests", "12:00", 2.0),
              tuple("requests", "13:00", 1.0),
              tuple("errors", "13:00", 1.0));
    }
  }

  @Test
  void anEventAtTheVeryStartOfAWindowWasReadBeforeTheRestore() throws Exception {
    OperatorSubtaskState snapshot;
    try (var windows = tumbling(REQUESTS).opened()) {
      windows.send(request("12:00:00"));
      snapshot = windows.snapshot();
    }
    try (var windows = tumbling(REQUESTS + ERRORS).restoredFrom(snapshot)) {
      windows.send(request("12:20:00"));
      windows.eventTimeReaches("2026-03-01T13:00:00Z");
      assertThat(values(windows.newRows())).containsExactly(tuple("requests", "12:00", 2.0));
    }
  }

  @Test
  void whatWasReadIsKnownWithoutAnyMetricThatReadIt() throws Exception {
    OperatorSubtaskState snapshot;
    try (var windows = MetricWindowsHarness.rolling(catalogue(REQUESTS), ZoneOffset.UTC).opened()) {
      windows.send(request("12:10:00"));
      windows.eventTimeReaches("2026-03-01T12:10:00Z");
      snapshot = windows.snapshot();
    }
    try (var windows =
        MetricWindowsHarness.rolling(catalogue(REQUESTS + WEEKLY), ZoneOffset.UTC)
            .restoredFrom(snapshot)) {
      windows.send(request("12:20:00"));
      windows.eventTimeReaches("2026-03-02T00:00:00Z");
      assertThat(windows.newRows()).isEmpty();
      windows.send(event("api.request").with("status_code", "500").at("2026-03-03T10:00:00Z"));
      windows.eventTimeReaches("2026-03-04T00:00:00Z");
      // the two days that end on 3 March began on the day of the restore: 2 and 3 March are whole
      assertThat(windows.newRows())
          .extracting(row -> row.windowStart().toString(), MetricWindow::value)
          .containsExactly(tuple("2026-03-02T00:00:00Z", 1.0));
    }
  }

  @Test
  void aChangedMetricIsANewOne() throws Exception {
    OperatorSubtaskState snapshot;
    try (var windows = tumbling(ERRORS).opened()) {
      windows.send(request("12:10:00"));
      snapshot = windows.snapshot();
    }
    try (var windows = tumbling(ERRORS.replace(">= 500", ">= 400")).restoredFrom(snapshot)) {
      windows.send(request("12:20:00"));
      windows.send(request("13:20:00"));
      windows.eventTimeReaches("2026-03-01T14:00:00Z");
      assertThat(values(windows.newRows())).containsExactly(tuple("errors", "13:00", 1.0));
    }
  }

  @Test
  void whatARemovedMetricKeptGoesByItsTimers() throws Exception {
    OperatorSubtaskState tumbling;
    OperatorSubtaskState rolling;
    try (var windows = tumbling(REQUESTS + ERRORS).opened()) {
      windows.wallClockReaches("2026-03-01T12:10:00Z");
      windows.send(request("12:10:00"));
      tumbling = windows.snapshot();
    }
    try (var windows = MetricWindowsHarness.rolling(catalogue(WEEKLY), ZoneOffset.UTC).opened()) {
      windows.send(request("12:10:00"));
      rolling = windows.snapshot();
    }
    try (var windows = tumbling(REQUESTS).restoredFrom(tumbling)) {
      windows.eventTimeReaches("2026-03-01T12:59:00Z");
      windows.wallClockReaches("2026-03-01T12:59:00Z");
      windows.eventTimeReaches("2026-03-01T15:00:00Z");
      assertThat(windows.newRows()).extracting(MetricWindow::metric).containsOnly("requests");
      assertThat(windows.kept()).isZero();
    }
    try (var windows =
        MetricWindowsHarness.rolling(catalogue(REQUESTS), ZoneOffset.UTC).restoredFrom(rolling)) {
      windows.eventTimeReaches("2026-03-02T00:00:00Z");
      assertThat(windows.newRows()).isEmpty();
      assertThat(windows.kept()).isZero();
    }
  }

  @Test
  void aRestoreAtAnotherParallelismKnowsTheSame() throws Exception {
    OperatorSubtaskState snapshot;
    try (var windows = tumbling(REQUESTS).opened()) {
      windows.send(request("12:10:00"));
      windows.eventTimeReaches("2026-03-01T12:10:00Z");
      snapshot = windows.snapshot();
    }
    // twice as many subtasks
    try (var first = subtask(REQUESTS + ERRORS, 2, 0);
        var second = subtask(REQUESTS + ERRORS, 2, 1)) {
      first.restoredFrom(redistributed(snapshot, 1, 2, 0));
      second.restoredFrom(redistributed(snapshot, 1, 2, 1));
      first.eventTimeReaches("2026-03-01T12:30:00Z");
      OperatorSubtaskState both =
          AbstractStreamOperatorTestHarness.repackageState(first.snapshot(), second.snapshot());
      // and back, with a third metric
      try (var windows = tumbling(REQUESTS + ERRORS + BYTES)) {
        windows.restoredFrom(redistributed(both, 2, 1, 0));
        windows.send(request("12:40:00"));
        windows.send(request("13:20:00"));
        windows.eventTimeReaches("2026-03-01T14:00:00Z");
        assertThat(values(windows.newRows()))
            .containsExactlyInAnyOrder(
                tuple("requests", "12:00", 2.0),
                tuple("requests", "13:00", 1.0),
                tuple("errors", "13:00", 1.0),
                tuple("bytes", "13:00", 7.0));
      }
    }
  }

  private static OperatorSubtaskState redistributed(
      OperatorSubtaskState state, int from, int to, int subtask) {
    return AbstractStreamOperatorTestHarness.repartitionOperatorState(
        state, 128, from, to, subtask);
  }

  private static String hourly(String name, String input) {
    return """
        - name: %s
          unit: count
          inputs: {all: {event: api.request, %s}}
          windows: [1h]
        """
        .formatted(name, input);
  }

  private static List<Tuple> values(List<MetricWindow> rows) {
    return rows.stream()
        .map(
            row -> tuple(row.metric(), row.windowStart().toString().substring(11, 16), row.value()))
        .toList();
  }

  private static MetricWindowsHarness tumbling(String metrics) throws Exception {
    return subtask(metrics, 1, 0);
  }

  private static MetricWindowsHarness subtask(String metrics, int parallelism, int subtask)
      throws Exception {
    return MetricWindowsHarness.tumblingSubtask(
        catalogue(metrics), ZoneOffset.UTC, parallelism, subtask);
  }

  private static MetricCatalogue catalogue(String metrics) {
    return TestMetrics.catalogue(metrics);
  }

  private static TestEvents request(String time) {
    return event("api.request")
        .with("status_code", "500")
        .with("bytes_processed", "7")
        .at("2026-03-01T" + time + "Z");
  }
}
