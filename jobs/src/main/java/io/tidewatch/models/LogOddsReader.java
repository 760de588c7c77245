package io.tidewatch.models;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidewatch.churn.BoostedTrees;
import io.tidewatch.churn.LogOdds;
import io.tidewatch.churn.LogisticRegression;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads models of log odds:
 *
 * <pre>{@code
 * {"type": "boosted_trees", "features": [...], "base_margin": -2.1, "trees": [{"nodeid": 0, ...}]}
 * {"type": "logistic", "features": [...], "means": [...], "deviations": [...],
 *  "intercept": -2.1, "coefficients": [...]}
 * }</pre>
 */
public final class LogOddsReader {

  private static final List<String> TYPES = List.of("boosted_trees", "logistic");

  private LogOddsReader() {}

  /**
   * Reads a model.
   *
   * @param features those it must be for, in order
   * @throws ModelException naming all problems
   */
  public static LogOdds read(JsonNode model, List<String> features) {
    List<String> problems = new ArrayList<>();
    LogOdds logOdds = read(new Fields(model, "", problems), features);
    if (!problems.isEmpty()) {
      throw new ModelException(problems);
    }
    return logOdds;
  }

  static LogOdds read(Fields fields, List<String> features) {
    fields.mustBe("features", features);
    return fields.indexOf("type", TYPES) == 0
        ? boostedTrees(fields, features)
        : logistic(fields, features.size());
  }

  private static LogOdds boostedTrees(Fields fields, List<String> features) {
    return new BoostedTrees(
        fields.number("base_margin"),
        features.size(),
        fields.children("trees").stream().map(tree -> TreeReader.read(tree, features)).toList());
  }

  private static LogOdds logistic(Fields fields, int inputs) {
    return new LogisticRegression(
        fields.numbers("means", inputs),
        fields.positiveNumbers("deviations", inputs),
        fields.number("intercept"),
        fields.numbers("coefficients", inputs));
  }
}
