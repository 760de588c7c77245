package io.tidewatch.local.demo;

import io.tidewatch.local.company.CustomerTrouble;
import io.tidewatch.local.company.Incident;
import io.tidewatch.local.company.IncidentKind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What alerts were about: incidents, single customers in trouble, or nothing.
 *
 * @param catches by incident, the alert that noticed it first, if any
 * @param ofTroubledCustomers alerts of customers who got into trouble by themselves
 * @param falseAlarms alerts with neither behind them
 */
public record Findings(
    Map<Incident, Optional<AlertMessage>> catches,
    List<AlertMessage> ofTroubledCustomers,
    List<AlertMessage> falseAlarms) {

  /** Health looks back at so many days of use. */
  private static final Duration AFTERMATH = Duration.ofDays(7);

  /**
   * @param alerts messages of the topic; those of alerts that ended are of no interest
   */
  public static Findings of(
      List<Incident> incidents, List<CustomerTrouble> troubles, List<AlertMessage> alerts) {
    List<AlertMessage> firing = alerts.stream().filter(AlertMessage::firing).toList();
    Map<Incident, Optional<AlertMessage>> catches = new LinkedHashMap<>();
    for (Incident incident : incidents) {
      catches.put(
          incident,
          firing.stream()
              .filter(alert -> notices(incident, alert))
              .min(Comparator.comparing(AlertMessage::changedAt)));
    }
    List<AlertMessage> ofTroubledCustomers = new ArrayList<>();
    List<AlertMessage> falseAlarms = new ArrayList<>();
    for (AlertMessage alert : firing) {
      if (incidents.stream().anyMatch(incident -> explains(incident, alert))) {
        continue;
      }
      boolean troubled = troubles.stream().anyMatch(trouble -> explains(trouble, alert));
      (troubled ? ofTroubledCustomers : falseAlarms).add(alert);
    }
    return new Findings(catches, ofTroubledCustomers, falseAlarms);
  }

  /** Whether the alert says that the incident is there. */
  private static boolean notices(Incident incident, AlertMessage alert) {
    return explains(incident, alert)
        && incident.rules().contains(alert.rule())
        && !alert.changedAt().isBefore(incident.startedAt());
  }

  /** Whether the incident may be behind the alert, be it together with others of its kind. */
  private static boolean explains(Incident incident, AlertMessage alert) {
    String rule = alert.rule();
    Instant fired = alert.changedAt();
    return incident.kind().rules().contains(rule)
        && !fired.isBefore(incident.startedAt().minus(IncidentKind.leadOf(rule)))
        && !fired.isAfter(incident.endedAt().plus(IncidentKind.toleranceOf(rule)))
        && isOf(incident.series(), alert.series());
  }

  private static boolean explains(CustomerTrouble trouble, AlertMessage alert) {
    Instant fired = alert.changedAt();
    return trouble.kind().rules().contains(alert.rule())
        && alert.series().equals("customer_id=" + trouble.customerId())
        && !fired.isBefore(trouble.since())
        && !fired.minus(AFTERMATH).isAfter(trouble.until());
  }

  private static boolean isOf(List<String> series, String alerted) {
    return series.stream().anyMatch(one -> matches(one, alerted));
  }

  private static boolean matches(String series, String alerted) {
    return series.endsWith("*")
        ? alerted.startsWith(series.substring(0, series.length() - 1))
        : alerted.equals(series);
  }

  public long caught() {
    return catches.values().stream().filter(Optional::isPresent).count();
  }

  /** Such as {@code at_risk_transition 12, payment_failure 3}: so many of each rule, most first. */
  public static String byRule(List<AlertMessage> alerts) {
    Map<String, Long> counts =
        alerts.stream()
            .collect(
                Collectors.groupingBy(AlertMessage::rule, TreeMap::new, Collectors.counting()));
    return counts.entrySet().stream()
        .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
        .map(rule -> rule.getKey() + " " + rule.getValue())
        .collect(Collectors.joining(", "));
  }
}
