package io.tidewatch.local.company;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** What may befall the company, and the rules that should notice. */
public enum IncidentKind {
  /** A service answers with errors, and slowly; programs try again and again. */
  OUTAGE("high_error_rate", "slow_responses", "api_p95_slow", "critical_error", "metric_spike"),
  /** The payment provider turns every payment away, a batch of renewals among them. */
  PAYMENTS_FAILING(
      "payment_failure", "payment_failure_rate_high", "revenue_drop", "payment_failure_streak"),
  /** Everybody reads and shares one piece. */
  VIRAL_SPIKE("viral_content", "traffic_spike"),
  /** A campaign spends far more than its budget. */
  CAMPAIGN_OVERSPEND("campaign_overspend", "budget_nearly_spent"),
  /** Some large customers stop using the product, for days. */
  CUSTOMERS_GOING_COLD("api_usage_drop"),
  /** Someone tries passwords until one fits. */
  BRUTE_FORCE("failed_logins_spike", "brute_force"),
  /** A service shows no sign of life. */
  SERVICE_SILENT("service_silent");

  /**
   * How long after its end an incident may still be the reason of an alert: the longest windows are
   * days.
   */
  public static final Duration TOLERANCE = Duration.ofHours(25);

  private final List<String> rules;

  IncidentKind(String... rules) {
    this.rules = List.of(rules);
  }

  /** The rules that should fire. */
  public List<String> rules() {
    return rules;
  }

  /** As persons read it, such as {@code payments failing}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
