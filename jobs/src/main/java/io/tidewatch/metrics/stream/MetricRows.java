package io.tidewatch.metrics.stream;

import io.tidewatch.metric.MetricWindow;
import io.tidewatch.metrics.MetricAccumulator;
import io.tidewatch.metrics.MetricDefinition;
import io.tidewatch.metrics.SeriesKey;
import io.tidewatch.metrics.TimeWindow;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.util.OutputTag;

/** Makes rows of {@code metric_windows} from accumulators. */
final class MetricRows {

  /** The metric that counts, by metric, the events whose series was beyond the cap. */
  static final String CAPPED = "events_beyond_series_cap";

  /** Windows whose row, if it was written, has no value any more: a division by zero. */
  static final OutputTag<MetricWindow> TOMBSTONES =
      new OutputTag<>("window-tombstones", TypeInformation.of(MetricWindow.class));

  private MetricRows() {}

  /** The row of one series; empty where the metric has no value there. */
  static Optional<MetricWindow> of(
      MetricDefinition metric,
      TimeWindow window,
      String series,
      MetricAccumulator accumulator,
      boolean isFinal) {
    Instant start = Instant.ofEpochMilli(window.startMillis());
    Instant end = Instant.ofEpochMilli(window.endMillis());
    return accumulator
        .measure(metric, start, end)
        .map(
            measured ->
                new MetricWindow(
                    metric.name(),
                    window.name(),
                    series,
                    start,
                    end,
                    SeriesKey.parse(series),
                    measured.value(),
                    measured.amount(),
                    accumulator.samples(),
                    isFinal,
                    version(accumulator.samples(), isFinal)));
  }

  /** What takes a series' row away that was written when fewer events were known. */
  static MetricWindow tombstone(
      MetricDefinition metric,
      TimeWindow window,
      String series,
      MetricAccumulator accumulator,
      boolean isFinal) {
    return new MetricWindow(
        metric.name(),
        window.name(),
        series,
        Instant.ofEpochMilli(window.startMillis()),
        Instant.ofEpochMilli(window.endMillis()),
        SeriesKey.parse(series),
        0,
        null,
        accumulator.samples(),
        isFinal,
        version(accumulator.samples(), isFinal));
  }

  /** Says how many events of a metric went to the series of everything beyond its cap. */
  static MetricWindow capped(
      MetricDefinition metric, TimeWindow window, long events, boolean isFinal) {
    Map<String, String> dims = Map.of("metric", metric.name());
    return new MetricWindow(
        CAPPED,
        window.name(),
        SeriesKey.of(dims),
        Instant.ofEpochMilli(window.startMillis()),
        Instant.ofEpochMilli(window.endMillis()),
        dims,
        events,
        null,
        events,
        isFinal,
        version(events, isFinal));
  }

  /** The job's own rows are of generation 0; only a backfill raises it. */
  private static long version(long samples, boolean isFinal) {
    return 2 * samples + (isFinal ? 1 : 0);
  }
}
