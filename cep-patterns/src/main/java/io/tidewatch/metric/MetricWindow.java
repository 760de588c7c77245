package io.tidewatch.metric;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;

/**
 * The value of one metric in one window and series: a row of {@code metric_windows}.
 *
 * @param window {@code 1m}, {@code 1h}, {@code 1d}, {@code 7d}, …
 * @param series empty for the total, else {@code k=v,k2=v2} sorted by key, percent-encoded
 * @param amount the exact value, where the unit is currency and the formula at most adds and
 *     subtracts; else null
 * @param samples events applied
 * @param isFinal false until the watermark reached the window's end; corrections stay final
 * @param version grows with the events applied, so that a fuller row replaces a poorer one and a
 *     replay writes the same row again
 */
public record MetricWindow(
    String metric,
    String window,
    String series,
    Instant windowStart,
    Instant windowEnd,
    Map<String, String> dims,
    double value,
    BigDecimal amount,
    long samples,
    boolean isFinal,
    long version) {

  /** What windows of one metric, length and series share: {@code metric|window|series}. */
  public String seriesKey() {
    return metric + '|' + window + '|' + series;
  }
}
