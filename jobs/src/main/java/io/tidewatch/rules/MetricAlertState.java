package io.tidewatch.rules;

import io.tidewatch.alert.Alert;
import io.tidewatch.alert.Evidence;
import java.util.ArrayList;
import java.util.List;

/**
 * Where a metric rule stands with one series. Times are ends of windows in epoch milliseconds.
 *
 * @param breaches windows in breach since the last healthy one; only counted until it fires
 * @param firstBreach the first of them
 * @param healthy windows out of breach since the last breach, while it fires
 * @param firstHealthy the first of them
 * @param lastJudged the last window that was judged
 * @param evidence the windows in breach
 * @param firing null if it does not
 */
public record MetricAlertState(
    int breaches,
    long firstBreach,
    int healthy,
    long firstHealthy,
    long lastJudged,
    List<Evidence> evidence,
    Alert firing) {

  static final MetricAlertState CALM = new MetricAlertState(0, 0, 0, 0, 0, new ArrayList<>(), null);

  private static final int MOST_EVIDENCE = 10;

  public boolean isFiring() {
    return firing != null;
  }

  MetricAlertState withBreach(long end, Evidence window) {
    List<Evidence> windows = new ArrayList<>(evidence);
    if (windows.size() < MOST_EVIDENCE) {
      windows.add(window);
    }
    return new MetricAlertState(
        breaches + 1, breaches == 0 ? end : firstBreach, 0, 0, end, windows, firing);
  }

  MetricAlertState withHealthy(long end) {
    return new MetricAlertState(
        breaches,
        firstBreach,
        healthy + 1,
        healthy == 0 ? end : firstHealthy,
        end,
        evidence,
        firing);
  }

  MetricAlertState withFiring(Alert alert) {
    return new MetricAlertState(
        breaches, firstBreach, healthy, firstHealthy, lastJudged, evidence, alert);
  }
}
