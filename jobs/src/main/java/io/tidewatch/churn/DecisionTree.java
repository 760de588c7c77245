package io.tidewatch.churn;

/**
 * One regression tree of a boosted model.
 *
 * <p>Inputs and thresholds are compared as 32 bit floats, as the learner did: otherwise an input
 * that equals a threshold would go another way than in training.
 *
 * <p>The nodes are in arrays, the root first, so that scoring walks without objects.
 *
 * @param input which input decides at the node; -1 at a leaf
 * @param threshold inputs below it go left
 * @param left index of the left child, greater than the node's own
 * @param right index of the right child, greater than the node's own
 * @param value the margin at a leaf; elsewhere the mean of the leaves below, weighted by how many
 *     training examples reached them
 */
public record DecisionTree(
    int[] input, float[] threshold, int[] left, int[] right, double[] value) {

  private static final int LEAF = -1;

  /** The mean margin over the training examples. */
  double expected() {
    return value[0];
  }

  /**
   * Adds, for each input, how far the decisions on it move the expected margin on the way from the
   * root to the leaf: what the path method of A. Saabas attributes to it ("Interpreting random
   * forests", 2014).
   */
  void addContributions(double[] inputs, double[] contributions) {
    int node = 0;
    while (input[node] != LEAF) {
      int decides = input[node];
      int next = (float) inputs[decides] < threshold[node] ? left[node] : right[node];
      contributions[decides] += value[next] - value[node];
      node = next;
    }
  }
}
