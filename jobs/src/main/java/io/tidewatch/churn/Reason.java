package io.tidewatch.churn;

/**
 * Why a customer's risk is what it is.
 *
 * @param contribution to the logarithm of the odds of churn; below 0 it speaks for the customer
 * @param sentence for people
 */
public record Reason(ChurnFeature feature, double contribution, String sentence) {

  static Reason of(ChurnFeature feature, double contribution, ChurnFeatures customer) {
    return new Reason(
        feature,
        contribution,
        feature.describe(customer)
            + (contribution < 0 ? " (lowers the risk)" : " (raises the risk)"));
  }
}
