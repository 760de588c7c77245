package io.tidewatch.rules.stream;

import io.tidewatch.metric.MetricWindow;
import io.tidewatch.rules.MetricRule;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Finds the rules that watch a window's series. */
final class WatchedWindows implements Serializable {

  private final Map<String, List<MetricRule>> byMetric = new HashMap<>();

  WatchedWindows(List<MetricRule> rules) {
    rules.forEach(
        rule -> byMetric.computeIfAbsent(rule.metric(), m -> new ArrayList<>()).add(rule));
  }

  /** Whether any rule has to see it: each closed window, and one still open for early rules. */
  boolean contains(MetricWindow window) {
    for (MetricRule rule : byMetric.getOrDefault(window.metric(), List.of())) {
      if ((window.isFinal() || rule.early()) && rule.watches(window)) {
        return true;
      }
    }
    return false;
  }

  List<MetricRule> rulesFor(MetricWindow window) {
    return byMetric.getOrDefault(window.metric(), List.of()).stream()
        .filter(rule -> rule.watches(window))
        .toList();
  }
}
