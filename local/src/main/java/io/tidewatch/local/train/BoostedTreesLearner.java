package io.tidewatch.local.train;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidewatch.local.UserException;
import java.util.List;
import java.util.Map;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoost;
import ml.dmlc.xgboost4j.java.XGBoostError;

/**
 * Learns boosted trees with XGBoost. The same table gives the same trees: one thread, a fixed seed.
 */
public final class BoostedTreesLearner {

  private static final ObjectMapper JSON = new ObjectMapper();

  private static final int ROUNDS = 150;

  /** Shallow trees, small steps: for tables of hundreds to some hundred thousand rows. */
  private static final Map<String, Object> PARAMETERS =
      Map.of(
          "objective",
          "binary:logistic",
          "tree_method",
          "hist",
          "max_depth",
          3,
          "eta",
          0.05,
          "min_child_weight",
          3,
          "subsample",
          0.8,
          "colsample_bytree",
          0.8,
          "seed",
          7,
          "nthread",
          1,
          "verbosity",
          0);

  /**
   * Learns from a table with rows of either label.
   *
   * @return a model as {@code io.tidewatch.models.LogOddsReader} reads it
   */
  public ObjectNode learn(LabelledTable table) {
    try {
      DMatrix matrix = matrix(table);
      try {
        return document(table, matrix);
      } finally {
        matrix.dispose();
      }
    } catch (XGBoostError e) {
      throw new UserException("XGBoost cannot learn from these customers: " + e.getMessage(), e);
    } catch (ExceptionInInitializerError | NoClassDefFoundError | UnsatisfiedLinkError e) {
      throw new UserException(
          "XGBoost's native library cannot be loaded: on Linux it needs libgomp (package libgomp1).",
          e);
    }
  }

  private static ObjectNode document(LabelledTable table, DMatrix matrix) throws XGBoostError {
    Map<String, Object> parameters = new java.util.HashMap<>(PARAMETERS);
    parameters.put("base_score", table.rate());
    Booster booster = XGBoost.train(matrix, parameters, ROUNDS, Map.of(), null, null);
    try {
      return document(table, booster);
    } finally {
      booster.dispose();
    }
  }

  private static ObjectNode document(LabelledTable table, Booster booster) throws XGBoostError {
    List<String> features = table.features();
    ObjectNode model = JSON.createObjectNode();
    model.put("type", "boosted_trees");
    features.forEach(model.putArray("features")::add);
    model.put("base_margin", Math.log(table.rate() / (1 - table.rate())));
    ArrayNode trees = model.putArray("trees");
    for (String tree : booster.getModelDump(features.toArray(String[]::new), true, "json")) {
      trees.add(parse(tree));
    }
    return model;
  }

  private static DMatrix matrix(LabelledTable table) throws XGBoostError {
    int columns = table.features().size();
    float[] values = new float[table.size() * columns];
    float[] labels = new float[table.size()];
    for (int row = 0; row < table.size(); row++) {
      for (int column = 0; column < columns; column++) {
        values[row * columns + column] = (float) table.rows().get(row)[column];
      }
      labels[row] = table.labels().get(row) ? 1 : 0;
    }
    DMatrix matrix = new DMatrix(values, table.size(), columns, Float.NaN);
    matrix.setLabel(labels);
    return matrix;
  }

  private static ObjectNode parse(String tree) {
    try {
      return (ObjectNode) JSON.readTree(tree);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("XGBoost dumps trees as JSON", e);
    }
  }
}
