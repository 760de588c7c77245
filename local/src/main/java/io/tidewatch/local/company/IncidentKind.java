package io.tidewatch.local.company;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** What may befall the company, and the rules that it may show in. */
public enum IncidentKind {
  /** A service answers with errors, and slowly; programs try again and again. */
  OUTAGE(
      "high_error_rate",
      "error_rate_elevated",
      "slow_response",
      "slow_responses",
      "api_p95_slow",
      "critical_error",
      "uptime_low",
      "unusual_api_traffic",
      "metric_spike_api_errors"),
  /** The payment provider turns every payment away, a batch of renewals among them. */
  PAYMENTS_FAILING(
      "payment_failure",
      "payment_failure_rate_high",
      "daily_revenue_drop",
      "revenue_drop",
      "unusual_daily_revenue",
      "average_health_drop",
      "at_risk_customers_up",
      "at_risk_transition",
      "payment_failure_streak",
      "dunning_unrecovered"),
  /** Everybody reads and shares one piece; hardly one of them becomes a lead. */
  VIRAL_SPIKE(
      "viral_content",
      "content_engaging",
      "traffic_spike",
      "unusual_page_views",
      "conversion_drop"),
  /** A campaign spends far more than its budget. */
  CAMPAIGN_OVERSPEND("campaign_overspend", "budget_nearly_spent"),
  /** Some large customers stop using the product, for days. */
  CUSTOMERS_GOING_COLD(
      "api_usage_drop",
      "unusual_api_traffic",
      "average_health_drop",
      "at_risk_customers_up",
      "at_risk_transition",
      "churn_precursor"),
  /** Someone tries passwords until one fits. */
  BRUTE_FORCE("failed_logins_spike", "brute_force"),
  /** A service shows no sign of life. */
  SERVICE_SILENT("service_silent");

  /** Rules that look at whole days. */
  private static final Set<String> DAILY =
      Set.of(
          "daily_revenue_drop",
          "revenue_drop",
          "unusual_daily_revenue",
          "api_usage_drop",
          "average_health_drop",
          "at_risk_customers_up",
          "at_risk_transition",
          "churn_precursor");

  /** A rule that looks at open windows: its alert has the time at which the day began. */
  private static final String EARLY = "budget_nearly_spent";

  /** A rule that gives time to make good. */
  private static final String PATIENT = "dunning_unrecovered";

  /**
   * An incident that is no longer than this can't fire the rule by itself: it lies in too few
   * minutes in a row, or in too little of a day.
   */
  private static final Map<String, Duration> TOO_SHORT =
      Map.of(
          "metric_spike_api_errors", Duration.ofMinutes(1),
          "api_p95_slow", Duration.ofMinutes(3),
          "error_rate_elevated", Duration.ofMinutes(13),
          "daily_revenue_drop", Duration.ofHours(1),
          "revenue_drop", Duration.ofHours(1),
          "unusual_daily_revenue", Duration.ofHours(1));

  private static final Duration AFTER_PATIENCE = Duration.ofDays(3).plusHours(1);
  private static final Duration AFTER_A_DAY = Duration.ofHours(25);
  private static final Duration AFTER_AN_HOUR = Duration.ofMinutes(65);

  private final List<String> rules;

  IncidentKind(String... rules) {
    this.rules = List.of(rules);
  }

  /** The rules that it may show in; in some only if it is long, or one soon follows the other. */
  public List<String> rules() {
    return rules;
  }

  /** The rules that a single one of that length may fire. */
  List<String> rulesWithin(Duration length) {
    return rules.stream()
        .filter(rule -> length.compareTo(TOO_SHORT.getOrDefault(rule, Duration.ZERO)) > 0)
        .toList();
  }

  /** How long after its end an incident may still be the reason of an alert of that rule. */
  public static Duration toleranceOf(String rule) {
    if (rule.equals(PATIENT)) {
      return AFTER_PATIENCE;
    }
    return DAILY.contains(rule) ? AFTER_A_DAY : AFTER_AN_HOUR;
  }

  /** How long before it begins an incident may be the reason of an alert of that rule. */
  public static Duration leadOf(String rule) {
    return rule.equals(EARLY) ? Duration.ofDays(1) : Duration.ZERO;
  }

  /** As persons read it, such as {@code payments failing}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
