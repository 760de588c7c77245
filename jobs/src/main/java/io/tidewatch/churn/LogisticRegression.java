package io.tidewatch.churn;

/**
 * Logarithms of odds that are linear in the standardised logarithms log(1 + input): what counts is
 * how many times as much a customer uses, pays or waits, not how much more.
 *
 * @param means of the logarithms where the model was fitted
 * @param deviations the standard deviations there, all positive
 * @param intercept the logarithm of the odds of a customer who is average in all inputs
 * @param coefficients what one standard deviation more of each input adds
 */
public record LogisticRegression(
    double[] means, double[] deviations, double intercept, double[] coefficients)
    implements LogOdds {

  /** Nobody is further from average than this many standard deviations: outliers stay credible. */
  private static final double FURTHEST = 3;

  @Override
  public double bias() {
    return intercept;
  }

  /**
   * @param inputs 0 or more
   */
  @Override
  public double[] contributions(double[] inputs) {
    double[] contributions = new double[inputs.length];
    for (int i = 0; i < inputs.length; i++) {
      double standardised = (Math.log1p(inputs[i]) - means[i]) / deviations[i];
      contributions[i] = coefficients[i] * Math.max(-FURTHEST, Math.min(FURTHEST, standardised));
    }
    return contributions;
  }
}
