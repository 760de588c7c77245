package io.tidewatch.segments;

/**
 * What a segment model is told of a customer. What is not known is NaN, and counts as average.
 *
 * <p>All but the last three are of the last 30 local days; active days are those of them with any
 * use, and count as 1 where there was none.
 *
 * @param apiCallsPerDay API calls ÷ active days
 * @param avgResponseTime mean milliseconds of the API calls; NaN without any
 * @param featureAdoptionScore min(1, distinct features ÷ 5)
 * @param supportTicketRatio tickets opened ÷ active days
 * @param monthlyRevenue MRR; a measure here, not money to be added up
 * @param daysSinceLastUse whole days, else since signup
 * @param tierNumeric Developer 1, Team 2, Enterprise 3, any other 0
 */
public record SegmentFeatures(
    double apiCallsPerDay,
    double avgResponseTime,
    double featureAdoptionScore,
    double supportTicketRatio,
    double monthlyRevenue,
    double daysSinceLastUse,
    double tierNumeric) {

  /** In the order of {@link SegmentFeature}. */
  public double[] values() {
    return new double[] {
      apiCallsPerDay,
      avgResponseTime,
      featureAdoptionScore,
      supportTicketRatio,
      monthlyRevenue,
      daysSinceLastUse,
      tierNumeric
    };
  }
}
