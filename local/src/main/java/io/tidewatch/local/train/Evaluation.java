package io.tidewatch.local.train;

import io.tidewatch.churn.LogOdds;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How well a model foresees what it has not learned from.
 *
 * @param auc the probability that of two examples, one of each label, the one of which it came true
 *     has the higher probability; ties count half (the Mann–Whitney statistic)
 * @param threshold from which probability on the model says yes
 * @param precision share of its yeses that came true; 0 without any
 * @param recall share of what came true that it said yes to
 * @param calibration examples by probability, the lowest first, in bins of equal size
 * @param importance of each feature: the mean size of its contributions to the log odds
 */
public record Evaluation(
    double auc,
    double threshold,
    double precision,
    double recall,
    List<Bin> calibration,
    double[] importance) {

  private static final int BINS = 5;

  /**
   * Examples with like probabilities.
   *
   * @param expected the mean probability
   * @param observed share that came true
   */
  public record Bin(int examples, double expected, double observed) {}

  /** An example with the model's word on it. */
  private record Judged(double probability, boolean label) {}

  /**
   * Evaluates a model.
   *
   * @param table with rows of either label
   */
  public static Evaluation of(LogOdds model, LabelledTable table, double threshold) {
    List<Judged> judged =
        IntStream.range(0, table.size())
            .mapToObj(
                i -> new Judged(model.probability(table.rows().get(i)), table.labels().get(i)))
            .sorted(Comparator.comparingDouble(Judged::probability))
            .toList();
    long yes = judged.stream().filter(j -> j.probability >= threshold).count();
    long hits = judged.stream().filter(j -> j.probability >= threshold && j.label).count();
    return new Evaluation(
        auc(judged),
        threshold,
        yes == 0 ? 0 : (double) hits / yes,
        (double) hits / table.positives(),
        calibration(judged),
        importance(model, table));
  }

  /** By ranks, where examples of equal probability share their mean rank. */
  private static double auc(List<Judged> judged) {
    double ranks = 0;
    long positives = 0;
    int from = 0;
    while (from < judged.size()) {
      int to = from;
      long hits = 0;
      while (to < judged.size() && judged.get(to).probability == judged.get(from).probability) {
        hits += judged.get(to++).label ? 1 : 0;
      }
      ranks += hits * (from + 1 + to) / 2.0;
      positives += hits;
      from = to;
    }
    long negatives = judged.size() - positives;
    return (ranks - positives * (positives + 1) / 2.0) / ((double) positives * negatives);
  }

  private static List<Bin> calibration(List<Judged> judged) {
    List<Bin> bins = new ArrayList<>();
    for (int bin = 0; bin < BINS; bin++) {
      List<Judged> inBin =
          judged.subList(judged.size() * bin / BINS, judged.size() * (bin + 1) / BINS);
      if (!inBin.isEmpty()) {
        bins.add(
            new Bin(
                inBin.size(),
                inBin.stream().mapToDouble(Judged::probability).average().orElseThrow(),
                inBin.stream().mapToDouble(j -> j.label ? 1 : 0).average().orElseThrow()));
      }
    }
    return bins;
  }

  private static double[] importance(LogOdds model, LabelledTable table) {
    double[] importance = new double[table.features().size()];
    for (double[] row : table.rows()) {
      double[] contributions = model.contributions(row);
      Arrays.setAll(importance, i -> importance[i] + Math.abs(contributions[i]) / table.size());
    }
    return importance;
  }
}
