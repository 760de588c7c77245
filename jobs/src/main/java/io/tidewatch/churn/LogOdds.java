package io.tidewatch.churn;

/** A model of the logarithm of the odds of an event, that can say what each input adds to it. */
public interface LogOdds {

  /** The logarithm of the odds for a customer of whom nothing is known. */
  double bias();

  /**
   * What each input adds to the bias.
   *
   * @param inputs in the model's order
   * @return in the same order; together with the bias they are the logarithm of the odds
   */
  double[] contributions(double[] inputs);

  /** The probability of the event, 0 to 1. */
  default double probability(double[] inputs) {
    double sum = bias();
    for (double contribution : contributions(inputs)) {
      sum += contribution;
    }
    return 1 / (1 + Math.exp(-sum));
  }
}
