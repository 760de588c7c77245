package io.tidewatch.segments;

/**
 * Makes features comparable: each as its distance from the mean, in standard deviations, and no
 * further than three of them, so that a few giants do not become a cluster of their own.
 *
 * @param deviations all positive
 */
public record Standardisation(double[] means, double[] deviations) {

  private static final double FURTHEST = 3;

  /**
   * Of a population; a feature in which all are alike has a deviation of 1.
   *
   * @param rows at least one, all of the same length
   */
  public static Standardisation of(double[][] rows) {
    int features = rows[0].length;
    double[] means = new double[features];
    double[] deviations = new double[features];
    for (double[] row : rows) {
      for (int i = 0; i < features; i++) {
        means[i] += row[i] / rows.length;
      }
    }
    for (double[] row : rows) {
      for (int i = 0; i < features; i++) {
        deviations[i] += (row[i] - means[i]) * (row[i] - means[i]) / rows.length;
      }
    }
    for (int i = 0; i < features; i++) {
      deviations[i] = deviations[i] > 0 ? Math.sqrt(deviations[i]) : 1;
    }
    return new Standardisation(means, deviations);
  }

  public double[] apply(double[] values) {
    double[] standardised = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      double distance = (values[i] - means[i]) / deviations[i];
      standardised[i] = Math.max(-FURTHEST, Math.min(FURTHEST, distance));
    }
    return standardised;
  }
}
