package io.tidewatch.rules.stream;

import io.tidewatch.metric.MetricWindow;
import io.tidewatch.rules.MetricRule;
import io.tidewatch.rules.Rule;
import io.tidewatch.rules.WindowPatternRule;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Finds the rows that can say what made a change: those of any series, in windows that a rule
 * watches of some.
 */
final class ExplainedWindows {

  private final Set<String> closed = new HashSet<>();
  private final Set<String> open = new HashSet<>();

  ExplainedWindows(List<Rule> rules) {
    for (Rule rule : rules) {
      if (rule instanceof MetricRule watching) {
        String key = PartedMetrics.key(watching.metric(), watching.window());
        closed.add(key);
        if (watching.early()) {
          open.add(key);
        }
      } else if (rule instanceof WindowPatternRule watching) {
        closed.add(PartedMetrics.key(watching.watched().metric(), watching.watched().window()));
      }
    }
  }

  boolean contains(MetricWindow row) {
    return (row.isFinal() ? closed : open).contains(PartedMetrics.key(row.metric(), row.window()));
  }
}
