package io.tidewatch.local.demo;

import io.tidewatch.local.company.Incident;
import io.tidewatch.local.company.IncidentKind;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Which incidents were noticed, and which alerts have no incident behind them.
 *
 * @param catches by incident, the alert that noticed it first, if any
 * @param unmatched how many alerts of each rule belong to no incident
 */
public record Findings(
    Map<Incident, Optional<AlertMessage>> catches, Map<String, Integer> unmatched) {

  /** The longest window of a rule: its alert may start so long before what it found. */
  private static final Duration WINDOW = Duration.ofHours(1);

  /**
   * @param alerts messages of the topic; those of alerts that ended are of no interest
   */
  public static Findings of(List<Incident> incidents, List<AlertMessage> alerts, Instant now) {
    Map<Incident, Optional<AlertMessage>> catches = new LinkedHashMap<>();
    Map<String, Integer> unmatched = new TreeMap<>();
    Map<String, Instant> endings = new LinkedHashMap<>();
    alerts.stream()
        .filter(alert -> !alert.firing())
        .forEach(alert -> endings.put(alert.id(), alert.endedAt()));
    for (Incident incident : incidents) {
      catches.put(
          incident,
          alerts.stream()
              .filter(AlertMessage::firing)
              .filter(alert -> explains(incident, alert, endings.getOrDefault(alert.id(), now)))
              .min(Comparator.comparing(AlertMessage::changedAt)));
    }
    alerts.stream()
        .filter(AlertMessage::firing)
        .filter(
            alert ->
                incidents.stream()
                    .noneMatch(
                        incident ->
                            explains(incident, alert, endings.getOrDefault(alert.id(), now))))
        .forEach(alert -> unmatched.merge(alert.rule(), 1, Integer::sum));
    return new Findings(catches, unmatched);
  }

  /** Whether the alert is what should be heard of the incident. */
  static boolean explains(Incident incident, AlertMessage alert, Instant ended) {
    return incident.kind().rules().contains(alert.rule())
        && !ended.isBefore(incident.startedAt().minus(WINDOW))
        && !alert
            .startedAt()
            .isAfter(incident.endedAt().plus(IncidentKind.toleranceOf(alert.rule())))
        && isOf(incident.series(), alert.series());
  }

  private static boolean isOf(List<String> series, String alerted) {
    return alerted.isEmpty() || series.stream().anyMatch(one -> matches(one, alerted));
  }

  private static boolean matches(String series, String alerted) {
    return series.endsWith("*")
        ? alerted.startsWith(series.substring(0, series.length() - 1))
        : alerted.equals(series);
  }

  public long caught() {
    return catches.values().stream().filter(Optional::isPresent).count();
  }
}
