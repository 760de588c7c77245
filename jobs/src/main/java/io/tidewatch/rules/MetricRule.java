package io.tidewatch.rules;

import io.tidewatch.alert.AlertProfile;
import io.tidewatch.metrics.Unit;
import io.tidewatch.metrics.WindowSize;
import java.time.Duration;
import java.util.Set;

/**
 * Watches the windows of a metric, each series by itself.
 *
 * @param window the size, such as {@code 1h}
 * @param by the dimensions of the series that it watches; empty for the total
 * @param breachesToFire consecutive windows in breach; windows that are missing, or not judged,
 *     neither extend nor reset the run
 * @param healthyToResolve consecutive windows out of breach
 * @param early whether windows still open are read too; each window is an alert of its own then,
 *     which ends with the window
 * @param missingIsZero whether a window without events counts as 0
 */
public record MetricRule(
    AlertProfile profile,
    String metric,
    Unit unit,
    String window,
    Set<String> by,
    WindowCondition condition,
    int breachesToFire,
    int healthyToResolve,
    boolean early,
    boolean missingIsZero)
    implements Rule {

  public MetricRule {
    by = Set.copyOf(by);
  }

  /** How far apart its windows are; those of several days end each day. */
  public Duration length() {
    return WindowSize.of(window).map(WindowSize::nominal).orElse(Duration.ofDays(1));
  }

  /** Whether its alerts are this rule's too: it watches the same series in the same manner. */
  public boolean continues(MetricRule before) {
    return metric.equals(before.metric)
        && window.equals(before.window)
        && by.equals(before.by)
        && early == before.early
        && watchesAbsence() == before.watchesAbsence();
  }

  /** Whether it fires because no window comes. */
  public boolean watchesAbsence() {
    return condition instanceof WindowCondition.Absent;
  }
}
