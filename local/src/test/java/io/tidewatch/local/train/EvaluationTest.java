package io.tidewatch.local.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tidewatch.churn.LogOdds;
import java.util.List;
import org.junit.jupiter.api.Test;

class EvaluationTest {

  /** The log odds are the only input. */
  private static final LogOdds ECHO =
      new LogOdds() {
        @Override
        public double bias() {
          return 0;
        }

        @Override
        public double[] contributions(double[] inputs) {
          return inputs;
        }
      };

  private static Evaluation evaluate(String labels, double... logOdds) {
    LabelledTable table = LabelledTable.empty(List.of("log_odds"));
    for (int i = 0; i < logOdds.length; i++) {
      table.add(new double[] {logOdds[i]}, labels.charAt(i) == '1');
    }
    return Evaluation.of(ECHO, table, 0.5);
  }

  /** Of the 3 × 2 pairs five are in order and one is equal: (5 + ½) ÷ 6. */
  @Test
  void aucIsTheShareOfPairsInOrder() {
    assertThat(evaluate("01011", -3, -1, -1, 1, 2).auc()).isCloseTo(5.5 / 6, within(1e-12));
    assertThat(evaluate("0011", 1, 2, 3, 4).auc()).isEqualTo(1);
    assertThat(evaluate("1100", 1, 2, 3, 4).auc()).isZero();
    assertThat(evaluate("0101", 1, 1, 1, 1).auc()).isEqualTo(0.5);
  }

  @Test
  void precisionAndRecallAreAtTheThreshold() {
    // at or above 0: three yeses, two of them right, of four that came true
    Evaluation evaluation = evaluate("1101100", -3, -1, -1, 0, 1, 2, -2);
    assertThat(evaluation.precision()).isCloseTo(2.0 / 3, within(1e-12));
    assertThat(evaluation.recall()).isEqualTo(0.5);
    assertThat(evaluate("01", -2, -1).precision()).isZero();
  }

  @Test
  void calibrationComparesWhatWasForeseenWithWhatCame() {
    Evaluation evaluation = evaluate("0000010111", -4, -4, -3, -3, 0, 0, 3, 3, 4, 4);
    assertThat(evaluation.calibration()).hasSize(5);
    Evaluation.Bin middle = evaluation.calibration().get(2);
    assertThat(middle.examples()).isEqualTo(2);
    assertThat(middle.expected()).isEqualTo(0.5);
    assertThat(middle.observed()).isEqualTo(0.5);
    assertThat(evaluation.calibration().get(4).observed()).isEqualTo(1);
  }

  @Test
  void importanceIsTheMeanSizeOfContributions() {
    assertThat(evaluate("0011", -1, -2, 3, 4).importance()).containsExactly(2.5);
  }
}
