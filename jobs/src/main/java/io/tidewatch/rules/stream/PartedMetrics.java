package io.tidewatch.rules.stream;

import io.tidewatch.metrics.MetricCatalogue;
import io.tidewatch.metrics.MetricDefinition;
import java.io.Serializable;
import java.util.HashMap;
import java.util.Map;

/** Metrics with groupings. */
final class PartedMetrics implements Serializable {

  private final Map<String, MetricDefinition> metrics = new HashMap<>();

  PartedMetrics(MetricCatalogue catalogue) {
    catalogue.metrics().stream()
        .filter(metric -> !metric.by().isEmpty())
        .forEach(metric -> metrics.put(metric.name(), metric));
  }

  /** A metric and a size of its windows, as one key. */
  static String key(String metric, String window) {
    return metric + '|' + window;
  }

  boolean contains(String metric) {
    return metrics.containsKey(metric);
  }

  boolean isAdditive(String metric) {
    return metrics.get(metric).isAdditive();
  }

  /**
   * When the watermark has passed the first final rows of a window; epoch milliseconds.
   *
   * @param end of the window
   */
  long closedAt(String metric, long end) {
    return end + metrics.get(metric).settlesAfter().toMillis() - 1;
  }
}
