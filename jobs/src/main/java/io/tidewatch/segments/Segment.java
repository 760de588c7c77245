package io.tidewatch.segments;

/**
 * The five kinds of customers.
 *
 * <p>The profile of each says how its typical customer differs from the average one, in standard
 * deviations of each {@link SegmentFeature}.
 */
public enum Segment {
  /** High use, high value, little support. */
  CHAMPIONS("Champions", 1.5, 0, 0.8, -0.3, 1.5, -0.5, 1.5),
  /** Steady use, medium value. */
  LOYAL_CUSTOMERS("Loyal Customers", 0.3, 0, 0.8, -0.3, 0.2, -0.5, 0.3),
  /** Small still, but there. */
  POTENTIAL_LOYALISTS("Potential Loyalists", -0.3, 0, -0.2, -0.2, -0.4, -0.4, -0.5),
  /** Much support, slow answers, falling use. */
  AT_RISK("At Risk", -0.3, 0.6, -0.4, 1.8, -0.1, 0.3, 0),
  /** Hardly seen any more. */
  HIBERNATING("Hibernating", -0.6, 0, -1.2, -0.3, -0.3, 2, -0.3);

  private final String label;
  private final double[] profile;

  Segment(
      String label,
      double calls,
      double responseTime,
      double adoption,
      double tickets,
      double revenue,
      double daysSinceUse,
      double tier) {
    this.label = label;
    this.profile =
        new double[] {calls, responseTime, adoption, tickets, revenue, daysSinceUse, tier};
  }

  /** As people and tables name it. */
  public String label() {
    return label;
  }

  /** In the order of {@link SegmentFeature}. */
  public double[] profile() {
    return profile.clone();
  }
}
