package io.tidewatch.metrics.stream;

import static io.tidewatch.metrics.TestEvents.event;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.event.Event;
import io.tidewatch.metric.MetricWindow;
import io.tidewatch.metrics.MetricCatalogue;
import io.tidewatch.metrics.TestMetrics;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.junit.jupiter.api.Test;

class WindowContentsTest {

  private static final int CAP = 100_000;

  private static final MetricCatalogue METRICS =
      TestMetrics.catalogue(
          """
          - name: requests
            unit: count
            inputs: {all: {event: api.request, count: true}}
            by: [[endpoint]]
            windows: [1m, 1h]
            max_series: 1000
          """);

  @Test
  void whatIsWrittenBackAtTheCapGoesOn() throws Exception {
    MetricCatalogue hourly =
        TestMetrics.catalogue(
            """
            - name: requests
              unit: count
              inputs: {all: {event: api.request, count: true}}
              by: [[endpoint]]
              windows: [1h]
              max_series: 1000000
            """);
    try (var windows = MetricWindowsHarness.tumbling(hourly, ZoneOffset.UTC).opened()) {
      // with the total one less than the cap; three timers, and then the state
      windows.send(requests("12:00:01", 0, CAP - 2));
      assertThat(windows.keptWindows()).isEqualTo(3);
      windows.send(requests("12:00:02", CAP - 2, CAP));
      assertThat(windows.keptWindows()).isEqualTo(4);

      windows.send(requests("12:00:03", CAP - 10, CAP + 10));
      windows.eventTimeReaches("2026-03-01T13:00:00Z");
      assertThat(windows.newRows())
          .hasSize(1 + CAP + 10)
          .allSatisfy(row -> assertThat(row.value()).isEqualTo(valueAfterTheCap(row.series())));

      windows.send(requests("12:00:04", 0, 1));
      assertThat(windows.newRows())
          .extracting(MetricWindow::value)
          .containsExactlyInAnyOrder(CAP + 21.0, 2.0);
      windows.eventTimeReaches("2026-03-01T14:01:00.001Z");
      assertThat(windows.keptWindows()).isZero();
    }
  }

  @Test
  void aRestoreInTheMiddleOfAWindowChangesNothing() throws Exception {
    List<MetricWindow> undisturbed;
    try (var windows = onRocksDb().opened()) {
      begin(windows);
      undisturbed = new ArrayList<>(windows.newRows());
      undisturbed.addAll(end(windows));
    }

    List<MetricWindow> rows;
    OperatorSubtaskState snapshot;
    try (var windows = onRocksDb().opened()) {
      begin(windows);
      rows = new ArrayList<>(windows.newRows());
      snapshot = windows.snapshot();
    }
    try (var windows = onRocksDb().restoredFrom(snapshot)) {
      rows.addAll(end(windows));
    }
    assertThat(rows).containsExactlyInAnyOrderElementsOf(undisturbed);
  }

  private static void begin(MetricWindowsHarness windows) throws Exception {
    windows.send(requests("12:00:01", 0, 20));
    windows.eventTimeReaches("2026-03-01T12:01:00Z");
    windows.send(requests("12:01:01", 10, 30));
  }

  private static List<MetricWindow> end(MetricWindowsHarness windows) throws Exception {
    windows.eventTimeReaches("2026-03-01T12:01:01Z");
    // late for its minute, and more of what was there and what was not
    windows.send(requests("12:00:02", 15, 25));
    windows.send(requests("12:01:02", 25, 40));
    windows.eventTimeReaches("2026-03-01T13:00:00Z");
    windows.send(requests("12:30:00", 0, 5));
    List<MetricWindow> rows = new ArrayList<>(windows.newRows());
    assertThat(windows.keptWindows()).isPositive();
    windows.eventTimeReaches("2026-03-01T14:01:00.001Z");
    assertThat(windows.keptWindows()).isZero();
    rows.addAll(windows.newRows());
    assertThat(rows).filteredOn(row -> row.samples() == 70).hasSize(1);
    return rows;
  }

  private static double valueAfterTheCap(String series) {
    if (series.isEmpty()) {
      return CAP + 20;
    }
    int endpoint = Integer.parseInt(series.substring("endpoint=/".length()));
    return endpoint >= CAP - 10 && endpoint < CAP ? 2 : 1;
  }

  private static MetricWindowsHarness onRocksDb() throws Exception {
    return MetricWindowsHarness.tumbling(METRICS, ZoneOffset.UTC).onRocksDb();
  }

  /** One request of each endpoint from the first, inclusive, to the last, exclusive. */
  private static List<Event> requests(String time, int first, int last) {
    return IntStream.range(first, last)
        .mapToObj(
            endpoint ->
                event("api.request")
                    .with("endpoint", "/" + endpoint)
                    .at("2026-03-01T" + time + "Z")
                    .build())
        .toList();
  }
}
