package io.tidewatch.segments;

import java.util.Arrays;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Makes features comparable: each as its distance from the mean, in standard deviations, and no
 * further than three of them, so that a few giants do not become a cluster of their own.
 *
 * @param deviations all positive
 */
public record Standardisation(double[] means, double[] deviations) {

  private static final double FURTHEST = 3;

  /**
   * Of a population, where NaN is what is not known; a feature in which all are alike has a
   * deviation of 1.
   *
   * @param rows at least one, all of the same length
   */
  public static Standardisation of(double[][] rows) {
    double[] means = means(rows);
    double[][] squares =
        Arrays.stream(rows)
            .map(row -> values(row.length, i -> (row[i] - means[i]) * (row[i] - means[i])))
            .toArray(double[][]::new);
    double[] variances = means(squares);
    return new Standardisation(
        means, values(means.length, i -> variances[i] > 0 ? Math.sqrt(variances[i]) : 1));
  }

  /** Of what is known of each feature; 0 where nothing is. */
  private static double[] means(double[][] rows) {
    return values(
        rows[0].length,
        i ->
            Arrays.stream(rows)
                .mapToDouble(row -> row[i])
                .filter(value -> !Double.isNaN(value))
                .average()
                .orElse(0));
  }

  /** The standardised features; what is not known is average. */
  public double[] apply(double[] values) {
    return values(values.length, i -> standardised(values[i], i));
  }

  private double standardised(double value, int feature) {
    if (Double.isNaN(value)) {
      return 0;
    }
    double distance = (value - means[feature]) / deviations[feature];
    return Math.max(-FURTHEST, Math.min(FURTHEST, distance));
  }

  private static double[] values(int features, IntToDoubleFunction value) {
    return IntStream.range(0, features).mapToDouble(value).toArray();
  }
}
