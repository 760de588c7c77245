package io.tidewatch.local.train;

import io.tidewatch.local.train.ChurnTraining.Result;
import java.util.Comparator;
import java.util.Locale;
import java.util.stream.IntStream;

/** What people should know of a churn model, in Markdown. */
final class ChurnCard {

  private final Result result;
  private final StringBuilder text = new StringBuilder();

  ChurnCard(Result result) {
    this.result = result;
  }

  String text() {
    line(
        "# Churn risk: will a paying customer cancel within %d days?", ChurnTraining.FORESEEN_DAYS);
    line("");
    line("Gradient-boosted trees (XGBoost) over %d features.", result.test().features().size());
    line("");
    line("| | snapshots | customers | canceled |");
    line("|---|---|---:|---:|");
    sample(
        "training",
        result.learnedFrom().get(result.learnedFrom().size() - 1)
            + " to "
            + result.learnedFrom().get(0),
        result.training());
    sample("test", result.testedOn().toString(), result.test());
    line("");
    line("The 90 days of every training snapshot end before the test snapshot.");
    line("");
    quality(result.evaluation());
    line("Churn is what follows from what was measured; the model knows no causes, and a company");
    line("that acts on it changes what it learns from. Train again each month.");
    return text.toString();
  }

  private void sample(String name, String snapshots, LabelledTable table) {
    line(
        "| %s | %s | %,d | %,d (%.1f %%) |",
        name, snapshots, table.size(), table.positives(), 100 * table.rate());
  }

  private void quality(Evaluation evaluation) {
    line(
        "AUC %.3f, precision %.3f and recall %.3f at a probability of %.1f.",
        evaluation.auc(), evaluation.precision(), evaluation.recall(), evaluation.threshold());
    line("");
    line("## Calibration");
    line("");
    line("| customers | foreseen | canceled |");
    line("|---:|---:|---:|");
    for (Evaluation.Bin bin : evaluation.calibration()) {
      line(
          "| %,d | %.1f %% | %.1f %% |",
          bin.examples(), 100 * bin.expected(), 100 * bin.observed());
    }
    line("");
    line("## Importance");
    line("");
    line("The mean size of a feature's contributions to the log odds.");
    line("");
    line("| feature | importance |");
    line("|---|---:|");
    double[] importance = evaluation.importance();
    IntStream.range(0, importance.length)
        .boxed()
        .sorted(Comparator.comparingDouble(i -> -importance[i]))
        .forEach(i -> line("| %s | %.3f |", result.test().features().get(i), importance[i]));
    line("");
  }

  private void line(String format, Object... values) {
    text.append(String.format(Locale.ROOT, format, values)).append('\n');
  }
}
