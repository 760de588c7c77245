package io.tidewatch.churn;

/**
 * Logarithms of odds that are linear in standardised inputs.
 *
 * @param means of the inputs where the model was fitted
 * @param deviations the standard deviations there, all positive
 * @param intercept the logarithm of the odds of a customer who is average in all
 * @param coefficients what one standard deviation more of each input adds
 */
public record LogisticRegression(
    double[] means, double[] deviations, double intercept, double[] coefficients)
    implements LogOdds {

  /** Nobody is further from average than this many standard deviations: outliers stay credible. */
  private static final double FURTHEST = 4;

  @Override
  public double bias() {
    return intercept;
  }

  @Override
  public double[] contributions(double[] inputs) {
    double[] contributions = new double[inputs.length];
    for (int i = 0; i < inputs.length; i++) {
      double standardised = (inputs[i] - means[i]) / deviations[i];
      contributions[i] = coefficients[i] * Math.max(-FURTHEST, Math.min(FURTHEST, standardised));
    }
    return contributions;
  }
}
