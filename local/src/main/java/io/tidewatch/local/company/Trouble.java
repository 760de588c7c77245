package io.tidewatch.local.company;

import java.util.List;

/** Why a customer is about to leave; each shows long before, by rules that should say so. */
public enum Trouble {
  /** Its people use the product less and less, or hardly began to. */
  LOW_USAGE(
      "low_usage", "at_risk_transition", "onboarding_stall", "trial_going_cold", "churn_precursor"),
  /** Its tickets stay open. */
  PROBLEMS("unsolved_problems", "at_risk_transition", "churn_precursor"),
  /** Its payments fail. */
  PAYMENT(
      "payment_failed",
      "payment_failure",
      "payment_failure_streak",
      "dunning_unrecovered",
      "at_risk_transition");

  private final String reason;
  private final List<String> rules;

  Trouble(String reason, String... rules) {
    this.reason = reason;
    this.rules = List.of(rules);
  }

  /** What a customer that leaves says. */
  String reason() {
    return reason;
  }

  /** The rules that may fire for the customer. */
  public List<String> rules() {
    return rules;
  }
}
