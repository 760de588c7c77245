package io.tidewatch.churn;

/**
 * What a churn model is told of a customer; all numbers are finite.
 *
 * @param daysSinceSignup whole days since the customer was created, else first seen
 * @param avgResponseTime mean milliseconds of the API calls of the last 30 days; 0 without any
 * @param errorRate share of these that ended in a status of 500 or above; 0 without any
 * @param featureAdoptionScore {@link #adoptionOf} the distinct features of the last 30 days
 * @param supportTicketsCount opened in the last 30 days
 * @param daysSinceLastLogin else since the last use, else since first seen
 * @param mrr paid per month; a measure here, not money to be added up
 * @param tierNumeric {@link #numericTier} of the tier
 * @param paymentFailures in the last 30 days
 */
public record ChurnFeatures(
    double daysSinceSignup,
    double apiCallsLast7d,
    double apiCallsLast30d,
    double avgResponseTime,
    double errorRate,
    double featureAdoptionScore,
    double supportTicketsCount,
    double daysSinceLastLogin,
    double mrr,
    double tierNumeric,
    double paymentFailures) {

  private static final double ALL_FEATURES = 5;
  private static final double DAYS_BEFORE_LAST_WEEK = 23;

  /** Customers who use five features or more have adopted the product. */
  public static double adoptionOf(int distinctFeatures) {
    return Math.min(1, distinctFeatures / ALL_FEATURES);
  }

  /** Developer 1, Team 2, Enterprise 3, however written; any other 0. */
  public static double numericTier(String tier) {
    if (tier.equalsIgnoreCase("developer")) {
      return 1;
    }
    if (tier.equalsIgnoreCase("team")) {
      return 2;
    }
    return tier.equalsIgnoreCase("enterprise") ? 3 : 0;
  }

  /** In the order of {@link ChurnFeature}. */
  public double[] values() {
    return new double[] {
      daysSinceSignup,
      apiCallsLast7d,
      apiCallsLast30d,
      avgResponseTime,
      errorRate,
      featureAdoptionScore,
      supportTicketsCount,
      daysSinceLastLogin,
      mrr,
      tierNumeric,
      paymentFailures
    };
  }

  /** The calls of a week, had the last one been like the 23 days before it. */
  double usualCallsPerWeek() {
    return (apiCallsLast30d - apiCallsLast7d) / DAYS_BEFORE_LAST_WEEK * 7;
  }
}
