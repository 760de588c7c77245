package io.tidewatch.rules;

import io.tidewatch.alert.AlertProfile;
import io.tidewatch.metric.MetricWindow;
import io.tidewatch.metrics.SeriesKey;
import io.tidewatch.pattern.WindowPattern;
import java.util.Set;

/**
 * Watches the windows of a metric for a pattern, each series by itself.
 *
 * @param window the size, such as {@code 1h}
 * @param by the dimensions of the series that it watches; empty for the total
 */
public record PatternRule(String metric, String window, Set<String> by, WindowPattern pattern)
    implements Rule {

  public PatternRule {
    by = Set.copyOf(by);
  }

  @Override
  public AlertProfile profile() {
    return pattern.profile();
  }

  /** Whether the row is of a closed window of a series that this rule watches. */
  public boolean watches(MetricWindow row) {
    return row.isFinal()
        && row.metric().equals(metric)
        && row.window().equals(window)
        && row.dims().keySet().equals(by)
        && !SeriesKey.isOverflow(row.series());
  }
}
