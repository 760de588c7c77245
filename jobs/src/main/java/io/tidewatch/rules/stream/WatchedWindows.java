package io.tidewatch.rules.stream;

import io.tidewatch.metric.MetricWindow;
import io.tidewatch.metrics.SeriesKey;
import io.tidewatch.rules.MetricRule;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Finds the rules that watch a window's series: those of its metric, size and dimensions. */
final class WatchedWindows {

  private final Map<Watched, List<MetricRule>> rules = new HashMap<>();
  private final Set<Watched> early = new HashSet<>();

  private record Watched(String metric, String window, Set<String> by) {
    static Watched of(MetricWindow window) {
      return new Watched(window.metric(), window.window(), window.dims().keySet());
    }
  }

  WatchedWindows(List<MetricRule> rules) {
    for (MetricRule rule : rules) {
      Watched watched = new Watched(rule.metric(), rule.window(), rule.by());
      this.rules.computeIfAbsent(watched, w -> new ArrayList<>()).add(rule);
      if (rule.early()) {
        early.add(watched);
      }
    }
  }

  /** Whether any rule has to see it: each closed window, and one still open for early rules. */
  boolean contains(MetricWindow window) {
    Watched watched = Watched.of(window);
    return (window.isFinal() ? rules.containsKey(watched) : early.contains(watched))
        && !SeriesKey.isOverflow(window.series());
  }

  List<MetricRule> rulesFor(MetricWindow window) {
    return SeriesKey.isOverflow(window.series())
        ? List.of()
        : rules.getOrDefault(Watched.of(window), List.of());
  }
}
