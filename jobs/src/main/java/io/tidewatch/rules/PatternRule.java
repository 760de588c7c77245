package io.tidewatch.rules;

import io.tidewatch.alert.AlertProfile;
import io.tidewatch.metric.MetricWindow;
import io.tidewatch.pattern.PatternParameters;
import io.tidewatch.pattern.WatchedMetric;
import io.tidewatch.pattern.WindowPattern;
import java.time.ZoneId;
import java.util.Optional;

/**
 * Watches the windows of a metric for a pattern, each series by itself.
 *
 * @param missingIsZero whether a window without events counts as 0
 */
public record PatternRule(
    AlertProfile profile,
    WatchedSeries watched,
    boolean missingIsZero,
    PatternParameters parameters)
    implements CompiledRule {

  @Override
  public Optional<String> needsRestartFor(Rule after) {
    if (!(after instanceof PatternRule rule)
        || !rule.profile.pattern().equals(profile.pattern())
        || !rule.watched.equals(watched)
        || rule.missingIsZero != missingIsZero) {
      return Optional.of("the pattern of a rule, and what it watches,");
    }
    return rule.parameters.equals(parameters)
        ? Optional.empty()
        : Optional.of("what a pattern looks for");
  }

  /** Whether the row is of a closed window that this rule watches. */
  public boolean watches(MetricWindow row) {
    return row.isFinal() && watched.contains(row);
  }

  /**
   * @param zone whose time its sentences tell
   */
  public WindowPattern pattern(ZoneId zone) {
    return parameters.watching(
        new WatchedMetric(
            watched.metric(), watched.window(), new MetricWording(watched.unit(), zone)),
        profile);
  }
}
