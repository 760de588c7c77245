package io.tidewatch.rules;

import io.tidewatch.metric.MetricWindow;
import io.tidewatch.metrics.SeriesKey;
import io.tidewatch.metrics.Unit;
import java.io.Serializable;
import java.util.Set;

/**
 * The windows of a metric that a rule watches.
 *
 * @param window the size, such as {@code 1h}
 * @param by the dimensions of the series that it watches; empty for the total
 */
public record WatchedSeries(String metric, Unit unit, String window, Set<String> by)
    implements Serializable {

  public WatchedSeries {
    by = Set.copyOf(by);
  }

  /** Whether the row is of one of these series. */
  public boolean contains(MetricWindow row) {
    return row.metric().equals(metric)
        && row.window().equals(window)
        && row.dims().keySet().equals(by)
        && !SeriesKey.isOverflow(row.series());
  }
}
