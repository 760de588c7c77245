package io.tidewatch.rules.stream;

import io.tidewatch.metrics.MetricCatalogue;
import io.tidewatch.metrics.MetricDefinition;
import io.tidewatch.metrics.WindowSize;
import java.io.Serializable;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Metrics with groupings, and those of their windows that rules watch. */
final class PartedMetrics implements Serializable {

  private final Map<String, MetricDefinition> metrics = new HashMap<>();
  private final Set<String> windows = new HashSet<>();

  PartedMetrics(MetricCatalogue catalogue) {
    catalogue.metrics().stream()
        .filter(metric -> !metric.by().isEmpty())
        .forEach(metric -> metrics.put(metric.name(), metric));
  }

  /** A metric and a size of its windows, as one key. */
  static String key(String metric, String window) {
    return metric + '|' + window;
  }

  /** Adds windows that are watched; rolling ones overlap, so that parts say little of a change. */
  PartedMetrics watched(Collection<Watched> watched) {
    watched.stream()
        .filter(one -> metrics.containsKey(one.metric()))
        .filter(one -> WindowSize.of(one.window()).isPresent())
        .forEach(one -> windows.add(key(one.metric(), one.window())));
    return this;
  }

  boolean contains(String metric, String window) {
    return windows.contains(key(metric, window));
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

  /** Windows of a metric that a rule watches. */
  record Watched(String metric, String window) {}
}
