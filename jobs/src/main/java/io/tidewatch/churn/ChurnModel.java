package io.tidewatch.churn;

import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Judges customers by their features.
 *
 * @param logOdds of {@link ChurnFeature}s in their order
 */
public record ChurnModel(LogOdds logOdds) {

  private static final int REASONS = 3;

  /** The customer's risk; reasons of equal weight stand in the order of the features. */
  public ChurnScore score(ChurnFeatures customer) {
    double[] inputs = customer.values();
    double[] contributions = logOdds.contributions(inputs);
    ChurnFeature[] features = ChurnFeature.values();
    return new ChurnScore(
        logOdds.probability(inputs),
        IntStream.range(0, features.length)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> -Math.abs(contributions[i])))
            .limit(REASONS)
            .map(i -> Reason.of(features[i], contributions[i], customer))
            .toList());
  }
}
