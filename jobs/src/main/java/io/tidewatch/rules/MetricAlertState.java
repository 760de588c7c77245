package io.tidewatch.rules;

import io.tidewatch.alert.Alert;
import io.tidewatch.alert.Evidence;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where a metric rule stands with one series. Times are ends of windows in epoch milliseconds.
 *
 * @param breaches windows in breach since the last healthy one; only counted until it fires
 * @param firstBreach the first of them
 * @param healthy windows out of breach since the last breach, while it fires
 * @param firstHealthy the first of them
 * @param lastJudged the last window that was judged, of an early rule that it fires for
 * @param evidence the windows in breach
 * @param firing null if it does not
 * @param firingToo alerts of further windows; only an early rule fires for several at once
 */
public record MetricAlertState(
    int breaches,
    long firstBreach,
    int healthy,
    long firstHealthy,
    long lastJudged,
    List<Evidence> evidence,
    Alert firing,
    List<Alert> firingToo) {

  static final MetricAlertState CALM =
      new MetricAlertState(0, 0, 0, 0, 0, new ArrayList<>(), null, List.of());

  private static final int MOST_EVIDENCE = 10;

  public MetricAlertState {
    // state that was kept before there were any has none
    firingToo = firingToo == null ? List.of() : List.copyOf(firingToo);
  }

  /**
   * Where an early rule stands.
   *
   * @param firing the alerts of windows that are not judged as closed yet
   * @return null if there are none
   */
  static MetricAlertState early(List<Alert> firing) {
    if (firing.isEmpty()) {
      return null;
    }
    long lastEnd =
        firing.stream().mapToLong(alert -> windowEnd(alert).toEpochMilli()).max().orElseThrow();
    return new MetricAlertState(
        0, 0, 0, 0, lastEnd, new ArrayList<>(), firing.get(0), firing.subList(1, firing.size()));
  }

  /** The end of the window that an alert fired for. */
  static Instant windowEnd(Alert alert) {
    return alert.evidence().get(alert.evidence().size() - 1).to();
  }

  public boolean isFiring() {
    return firing != null;
  }

  public List<Alert> allFiring() {
    return Stream.concat(Stream.ofNullable(firing), firingToo.stream()).toList();
  }

  MetricAlertState withBreach(long end, Evidence window) {
    List<Evidence> windows = new ArrayList<>(evidence);
    if (windows.size() < MOST_EVIDENCE) {
      windows.add(window);
    }
    return new MetricAlertState(
        breaches + 1, breaches == 0 ? end : firstBreach, 0, 0, end, windows, firing, firingToo);
  }

  MetricAlertState withHealthy(long end) {
    return new MetricAlertState(
        breaches,
        firstBreach,
        healthy + 1,
        healthy == 0 ? end : firstHealthy,
        end,
        evidence,
        firing,
        firingToo);
  }

  MetricAlertState withFiring(Alert alert) {
    return new MetricAlertState(
        breaches, firstBreach, healthy, firstHealthy, lastJudged, evidence, alert, firingToo);
  }
}
