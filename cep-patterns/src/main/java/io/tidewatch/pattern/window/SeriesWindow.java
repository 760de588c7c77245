package io.tidewatch.pattern.window;

import io.tidewatch.metric.MetricWindow;
import java.time.Duration;
import java.time.Instant;

/**
 * A closed window of one series, as patterns see it: without what all windows of a rule share, as
 * many of these are exchanged and kept.
 *
 * @param customerId null if the series is of no single customer
 * @param start epoch milliseconds, inclusive
 * @param end epoch milliseconds, exclusive
 */
public record SeriesWindow(String series, String customerId, long start, long end, double value) {

  private static final String CUSTOMER = "customer_id";
  private static final int WINDOWS_OF_SILENCE = 3;
  private static final Duration LEAST_SILENCE = Duration.ofHours(1);

  public static SeriesWindow of(MetricWindow row) {
    return new SeriesWindow(
        row.series(),
        row.dims().get(CUSTOMER),
        row.windowStart().toEpochMilli(),
        row.windowEnd().toEpochMilli(),
        row.value());
  }

  /** When it is over, in the way of watermarks: the last millisecond that belongs to it. */
  public long lastMoment() {
    return end - 1;
  }

  public Instant startTime() {
    return Instant.ofEpochMilli(start);
  }

  public Instant endTime() {
    return Instant.ofEpochMilli(end);
  }

  public Duration length() {
    return Duration.ofMillis(end - start);
  }

  /**
   * How long after this window without another one nobody can say any more how the series is: three
   * windows, and an hour.
   */
  public Duration silence() {
    Duration windows = length().multipliedBy(WINDOWS_OF_SILENCE);
    return windows.compareTo(LEAST_SILENCE) > 0 ? windows : LEAST_SILENCE;
  }
}
