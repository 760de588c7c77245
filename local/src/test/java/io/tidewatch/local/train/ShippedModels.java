package io.tidewatch.local.train;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidewatch.churn.ChurnFeature;
import io.tidewatch.local.company.Company;
import io.tidewatch.models.ModelKind;
import io.tidewatch.segments.Segment;
import io.tidewatch.segments.SegmentModel;
import io.tidewatch.segments.Standardisation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoost;
import ml.dmlc.xgboost4j.java.XGBoostError;

/**
 * Makes the models that new installations score with, from a synthetic company. To be run by hand
 * when features or the company change; its argument is the folder of the resources.
 */
final class ShippedModels {

  static final long SEED = 23;

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Instant FOUNDED = Instant.parse("2025-01-06T00:00:00Z");
  private static final LocalDate TODAY = LocalDate.parse("2026-01-06");
  private static final int CUSTOMERS = 600;
  private static final int ROUNDS = 300;

  /** Where the synthetic company's causes of churn show; all else in it is chance. */
  private static final Set<ChurnFeature> CAUSES =
      EnumSet.of(
          ChurnFeature.API_CALLS_LAST_7D,
          ChurnFeature.API_CALLS_LAST_30D,
          ChurnFeature.FEATURE_ADOPTION_SCORE,
          ChurnFeature.SUPPORT_TICKETS_COUNT,
          ChurnFeature.DAYS_SINCE_LAST_LOGIN,
          ChurnFeature.PAYMENT_FAILURES);

  private ShippedModels() {}

  public static void main(String[] arguments) throws IOException, XGBoostError {
    Path resources = Path.of(arguments[0]);
    Path directory = Files.createTempDirectory("shipped-models");
    Company company = Company.founded(SEED, CUSTOMERS, FOUNDED);
    try (Warehouse warehouse = Warehouse.ofCompany(directory, company, Duration.ofDays(365))) {
      ChurnTraining.Result churn = new ChurnTraining(warehouse.history()).train(TODAY);
      write(
          resources.resolve("churn.json"),
          ModelDocument.of(ModelKind.CHURN, TODAY, logistic(churn.training()), "").json());
      write(
          resources.resolve("segments.json"),
          profiles(new SegmentTraining(warehouse.history()).train(TODAY)).document().json());
    }
  }

  /** What a segment is meant to be serves every company better than the clusters of one. */
  private static SegmentTraining.Result profiles(SegmentTraining.Result trained) {
    Map<Segment, double[]> centroids = new EnumMap<>(Segment.class);
    for (Segment segment : Segment.values()) {
      centroids.put(segment, segment.profile());
    }
    return new SegmentTraining.Result(
        trained.asOf(),
        new SegmentModel(trained.model().standardisation(), centroids),
        trained.customers());
  }

  private static void write(Path file, byte[] document) throws IOException {
    ObjectNode json = (ObjectNode) JSON.readTree(document);
    json.put(
        "origin",
        "fitted by ShippedModels (module local, tests) to a synthetic company of %d customers, seed %d"
            .formatted(CUSTOMERS, SEED));
    JSON.writerWithDefaultPrettyPrinter().writeValue(file.toFile(), json);
  }

  /** Fitted by XGBoost's linear booster, with an L1 penalty. */
  private static ObjectNode logistic(LabelledTable table) throws XGBoostError {
    double[][] logarithms =
        table.rows().stream()
            .map(row -> Arrays.stream(row).map(Math::log1p).toArray())
            .toArray(double[][]::new);
    Standardisation standardisation = Standardisation.of(logarithms);
    int columns = table.features().size();
    float[] values = new float[table.size() * columns];
    float[] labels = new float[table.size()];
    for (int row = 0; row < table.size(); row++) {
      double[] standardised = standardisation.apply(logarithms[row]);
      for (int column = 0; column < columns; column++) {
        boolean known = CAUSES.contains(ChurnFeature.values()[column]);
        values[row * columns + column] = known ? (float) standardised[column] : 0;
      }
      labels[row] = table.labels().get(row) ? 1 : 0;
    }
    DMatrix matrix = new DMatrix(values, table.size(), columns, Float.NaN);
    matrix.setLabel(labels);
    Map<String, Object> parameters =
        Map.of(
            "objective",
            "binary:logistic",
            "booster",
            "gblinear",
            "updater",
            "coord_descent",
            "alpha",
            0.004,
            "lambda",
            0,
            "base_score",
            0.5,
            "nthread",
            1);
    String dump =
        XGBoost.train(matrix, parameters, ROUNDS, Map.of(), null, null)
            .getModelDump((String) null, false, "json")[0];
    return document(table, standardisation, dump);
  }

  private static ObjectNode document(
      LabelledTable table, Standardisation standardisation, String dump) {
    try {
      JsonNode fitted = JSON.readTree(dump);
      ObjectNode model = JSON.createObjectNode();
      model.put("type", "logistic");
      table.features().forEach(model.putArray("features")::add);
      add(standardisation.means(), model.putArray("means"));
      add(standardisation.deviations(), model.putArray("deviations"));
      model.put("intercept", fitted.path("bias").path(0).doubleValue());
      ArrayNode coefficients = model.putArray("coefficients");
      fitted.path("weight").forEach(weight -> coefficients.add(rounded(weight.doubleValue())));
      return model;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What is left of a weight that the penalty made as good as none is none. */
  private static double rounded(double weight) {
    return Math.round(weight * 10_000) / 10_000.0;
  }

  private static void add(double[] numbers, ArrayNode array) {
    Arrays.stream(numbers).forEach(array::add);
  }
}
