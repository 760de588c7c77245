package io.tidewatch.local.train;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidewatch.churn.LogOdds;
import io.tidewatch.models.LogOddsReader;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The learner on customers of a real company. Every fourth is held out. */
class TelcoChurnTest {

  private static final int HELD_OUT = 4;

  private static LabelledTable training;
  private static LabelledTable test;
  private static ObjectNode document;
  private static LogOdds model;

  @BeforeAll
  static void learn() throws IOException {
    List<String[]> lines = lines();
    List<String> columns = List.of(lines.remove(0));
    List<String[]> encoded = oneColumnPerValue(columns, lines);
    List<String> features = List.of(encoded.remove(0));
    training = LabelledTable.empty(features);
    test = LabelledTable.empty(features);
    for (int i = 0; i < encoded.size(); i++) {
      double[] row = new double[features.size()];
      for (int column = 0; column < row.length; column++) {
        row[column] = Double.parseDouble(encoded.get(i)[column]);
      }
      boolean left = lines.get(i)[columns.indexOf("Churn")].equals("Yes");
      (i % HELD_OUT == 0 ? test : training).add(row, left);
    }
    document = new BoostedTreesLearner().learn(training);
    model = LogOddsReader.read(document, features);
  }

  @Test
  void foreseesWhoLeavesAsWellAsGoodModelsDo() {
    assertThat(training.size() + test.size()).isEqualTo(3_527);
    assertThat(Evaluation.of(model, test, 0.5).auc()).isGreaterThanOrEqualTo(0.84);
  }

  @Test
  void saysProbabilitiesThatComeTrue() {
    assertThat(Evaluation.of(model, test, 0.5).calibration())
        .allSatisfy(
            bin ->
                assertThat(bin.observed()).isBetween(bin.expected() - 0.1, bin.expected() + 0.1));
  }

  @Test
  void learnsTheSameFromTheSameCustomers() {
    assertThat(new BoostedTreesLearner().learn(training)).isEqualTo(document);
  }

  /** A column of words becomes one column of 0 and 1 per word. */
  private static List<String[]> oneColumnPerValue(List<String> columns, List<String[]> lines) {
    List<String> header = new ArrayList<>();
    List<List<String>> encoded = new ArrayList<>();
    lines.forEach(line -> encoded.add(new ArrayList<>()));
    for (String column : columns) {
      if (column.equals("customerID") || column.equals("Churn")) {
        continue;
      }
      int index = columns.indexOf(column);
      List<String> values =
          lines.stream().map(line -> line[index].isBlank() ? "0" : line[index]).toList();
      if (values.stream().allMatch(value -> value.matches("[0-9.]+"))) {
        header.add(column);
        append(encoded, values);
      } else {
        for (String word : new TreeSet<>(values)) {
          header.add(column + "=" + word);
          append(encoded, values.stream().map(value -> value.equals(word) ? "1" : "0").toList());
        }
      }
    }
    List<String[]> table = new ArrayList<>();
    table.add(header.toArray(String[]::new));
    encoded.forEach(row -> table.add(row.toArray(String[]::new)));
    return table;
  }

  private static void append(List<List<String>> rows, List<String> values) {
    for (int i = 0; i < rows.size(); i++) {
      rows.get(i).add(values.get(i));
    }
  }

  private static List<String[]> lines() throws IOException {
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                TelcoChurnTest.class.getResourceAsStream("/churn/telco_dev.csv"),
                StandardCharsets.UTF_8))) {
      return new ArrayList<>(reader.lines().map(line -> line.split(",", -1)).toList());
    }
  }
}
