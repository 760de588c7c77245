package io.tidewatch.rules;

import io.tidewatch.alert.AlertProfile;
import io.tidewatch.metric.MetricWindow;
import io.tidewatch.pattern.WatchedMetric;
import io.tidewatch.pattern.WindowPattern;
import io.tidewatch.pattern.WindowPatternParameters;
import io.tidewatch.pattern.window.WindowJudge;
import java.time.ZoneId;

/**
 * Watches the windows of a metric for a pattern, each series by itself.
 *
 * @param missingIsZero whether a window without events counts as 0
 * @param skipped the days whose windows are neither judged nor part of what is usual
 */
public record WindowPatternRule(
    AlertProfile profile,
    WatchedSeries watched,
    boolean missingIsZero,
    Holidays skipped,
    WindowPatternParameters parameters)
    implements CompiledRule {

  @Override
  public boolean watchesAs(Rule other) {
    return other instanceof WindowPatternRule rule
        && rule.watched.equals(watched)
        && rule.missingIsZero == missingIsZero;
  }

  /** Whether the row is of a closed window that this rule watches. */
  public boolean watches(MetricWindow row) {
    return row.isFinal() && watched.contains(row);
  }

  /**
   * What is a breach of the pattern.
   *
   * @param zone whose days holidays are
   */
  public WindowJudge judge(ZoneId zone) {
    WindowJudge judge = pattern(zone).judge();
    return skipped.days().isEmpty() ? judge : new WorkingDayJudge(judge, skipped, zone);
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
