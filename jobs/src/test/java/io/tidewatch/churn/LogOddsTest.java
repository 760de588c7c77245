package io.tidewatch.churn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class LogOddsTest {

  private static final double EXACT = 1e-12;

  /**
   * {@code x0 < 10 ? -1 : (x1 < 0.5 ? 0.5 : 2)}, where 60 of 100 examples went left and of the
   * others 30 left and 10 right: the right child stands for (30 × 0.5 + 10 × 2) ÷ 40 = 0.875 and
   * the root for (60 × -1 + 40 × 0.875) ÷ 100 = -0.25.
   */
  private static final DecisionTree TREE =
      new DecisionTree(
          new int[] {0, -1, 1, -1, -1},
          new float[] {10, 0, 0.5f, 0, 0},
          new int[] {1, 0, 3, 0, 0},
          new int[] {2, 0, 4, 0, 0},
          new double[] {-0.25, -1, 0.875, 0.5, 2});

  @Test
  void treesSayWhatEachDecisionMoves() {
    BoostedTrees trees = new BoostedTrees(-2, 2, List.of(TREE, TREE));
    assertThat(trees.bias()).isCloseTo(-2.5, within(EXACT));
    assertThat(trees.contributions(new double[] {9.9, 1})).containsExactly(-1.5, 0);
    assertThat(trees.contributions(new double[] {10, 0.5})).containsExactly(2.25, 2.25);
    assertThat(trees.probability(new double[] {10, 0.5}))
        .isCloseTo(1 / (1 + Math.exp(-(-2 + 2 * 2))), within(EXACT));
  }

  @Test
  void treesCompareAsTheLearnerDid() {
    DecisionTree tree =
        new DecisionTree(
            new int[] {0, -1, -1},
            new float[] {0.1f, 0, 0},
            new int[] {1, 0, 0},
            new int[] {2, 0, 0},
            new double[] {0, -1, 1});
    // as doubles, 0.1 is less than 0.1f
    assertThat(new BoostedTrees(0, 1, List.of(tree)).contributions(new double[] {0.1}))
        .containsExactly(1);
  }

  @Test
  void aRegressionIsLinearInStandardisedLogarithms() {
    LogisticRegression model =
        new LogisticRegression(
            new double[] {Math.log(10), 0}, new double[] {0.5, 1}, -1, new double[] {2, 3});
    assertThat(model.bias()).isEqualTo(-1);
    assertThat(model.contributions(new double[] {9, 0})).containsExactly(0, 0);
    assertThat(model.contributions(new double[] {19, 1})[0])
        .isCloseTo(2 * Math.log(2) / 0.5, within(EXACT));
    assertThat(model.contributions(new double[] {1e9, 1e9})).containsExactly(6, 9);
  }
}
