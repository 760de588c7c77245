package io.tidewatch.local.train;

import java.util.ArrayList;
import java.util.List;

/**
 * Examples to learn from.
 *
 * @param features the names of the columns
 * @param rows one value per feature
 * @param labels whether what is to be foreseen came to pass; one per row
 */
public record LabelledTable(List<String> features, List<double[]> rows, List<Boolean> labels) {

  public static LabelledTable empty(List<String> features) {
    return new LabelledTable(features, new ArrayList<>(), new ArrayList<>());
  }

  public void add(double[] row, boolean label) {
    rows.add(row);
    labels.add(label);
  }

  public int size() {
    return rows.size();
  }

  /** For how many it came to pass. */
  public long positives() {
    return labels.stream().filter(label -> label).count();
  }

  /** For which share it came to pass. */
  public double rate() {
    return (double) positives() / size();
  }
}
