package io.tidewatch.churn;

import java.util.List;

/**
 * How likely a customer is to cancel within 90 days, and why.
 *
 * @param probability 0 to 1
 * @param reasons the three that count most, the strongest first
 */
public record ChurnScore(double probability, List<Reason> reasons) {

  public RiskLevel level() {
    return RiskLevel.of(probability);
  }
}
