package io.tidewatch.churn;

import java.util.List;

/**
 * A sum of trees, each fitted to what the ones before left over (J. Friedman, "Greedy function
 * approximation: a gradient boosting machine", 2001).
 *
 * @param baseMargin the logarithm of the odds before any tree
 * @param inputs how many inputs the trees know
 */
public record BoostedTrees(double baseMargin, int inputs, List<DecisionTree> trees)
    implements LogOdds {

  @Override
  public double bias() {
    double bias = baseMargin;
    for (DecisionTree tree : trees) {
      bias += tree.expected();
    }
    return bias;
  }

  @Override
  public double[] contributions(double[] values) {
    double[] contributions = new double[inputs];
    for (DecisionTree tree : trees) {
      tree.addContributions(values, contributions);
    }
    return contributions;
  }
}
