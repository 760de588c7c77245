package io.tidewatch.rules;

import io.tidewatch.metric.MetricWindow;
import io.tidewatch.metrics.SeriesKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/** Windows of one series as sentences: {@code series.window("10:00", 12)}. */
public record SeriesOfWindows(String metric, String window, Duration length, String series) {

  private static final String DAY = "2026-03-02T";

  public static SeriesOfWindows minutes(String metric) {
    return new SeriesOfWindows(metric, "1m", Duration.ofMinutes(1), "");
  }

  public static SeriesOfWindows hours(String metric) {
    return new SeriesOfWindows(metric, "1h", Duration.ofHours(1), "");
  }

  public static SeriesOfWindows days(String metric) {
    return new SeriesOfWindows(metric, "1d", Duration.ofDays(1), "");
  }

  public SeriesOfWindows of(String series) {
    return new SeriesOfWindows(metric, window, length, series);
  }

  /** A closed window of 100 events. */
  public MetricWindow closed(Instant start, double value) {
    return row(start, value, 100, true);
  }

  public MetricWindow closed(Instant start, double value, long samples) {
    return row(start, value, samples, true);
  }

  /** A closed window that begins at this hour and minute of the day of the tests. */
  public MetricWindow closed(String start, double value) {
    return closed(at(start), value);
  }

  public MetricWindow open(String start, double value) {
    return row(at(start), value, 100, false);
  }

  public MetricWindow closed(String start, double value, long samples) {
    return closed(at(start), value, samples);
  }

  public static Instant at(String time) {
    return Instant.parse(DAY + time + ":00Z");
  }

  private MetricWindow row(Instant start, double value, long samples, boolean closed) {
    Map<String, String> dims = SeriesKey.parse(series);
    return new MetricWindow(
        metric,
        window,
        series,
        start,
        start.plus(length),
        dims,
        value,
        null,
        samples,
        closed,
        2 * samples + (closed ? 1 : 0));
  }
}
