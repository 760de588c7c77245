package io.tidewatch.models;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.tidewatch.churn.ChurnFeature;
import io.tidewatch.churn.ChurnFeatures;
import io.tidewatch.segments.Segment;
import io.tidewatch.segments.SegmentFeatures;
import java.math.BigDecimal;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelsTest {

  private static final Models SHIPPED = Models.shipped();
  private static final String CHURN_FEATURES =
      ChurnFeature.labels().stream()
          .map(label -> '"' + label + '"')
          .collect(Collectors.joining(","));

  private static final ChurnFeatures BUSY =
      new ChurnFeatures(300, 70, 300, 60, 0.002, 1, 0, 0, 99, 2, 0);
  private static final ChurnFeatures COLD =
      new ChurnFeatures(300, 0, 8, 60, 0.002, 0.2, 4, 12, 99, 2, 2);

  private static byte[] document(String kind, String model) {
    return "{\"version\":1,\"kind\":\"%s\",\"model\":%s}".formatted(kind, model).getBytes(UTF_8);
  }

  private static String tree(String root) {
    return "{\"type\":\"boosted_trees\",\"features\":[%s],\"base_margin\":-1.5,\"trees\":[%s]}"
        .formatted(CHURN_FEATURES, root);
  }

  @Test
  void aNewInstallationScoresFromItsFirstDay() {
    double busy = SHIPPED.churn().score(BUSY).probability();
    double cold = SHIPPED.churn().score(COLD).probability();
    assertThat(busy).isLessThan(0.05);
    assertThat(cold).isGreaterThan(0.3);
    assertThat(SHIPPED.churn().score(COLD).reasons()).hasSize(3);
    assertThat(SHIPPED.lifetime()).isEmpty();
  }

  @Test
  void shippedSegmentsTellCustomersApart() {
    assertThat(SHIPPED.segments().segmentOf(new SegmentFeatures(60, 60, 1, 0, 999, 0, 3)))
        .isEqualTo(Segment.CHAMPIONS);
    assertThat(SHIPPED.segments().segmentOf(new SegmentFeatures(6, 55, 1, 0.02, 150, 0, 2)))
        .isEqualTo(Segment.LOYAL_CUSTOMERS);
    assertThat(SHIPPED.segments().segmentOf(new SegmentFeatures(4, 55, 0.9, 0, 29, 1, 1)))
        .isEqualTo(Segment.POTENTIAL_LOYALISTS);
    assertThat(SHIPPED.segments().segmentOf(new SegmentFeatures(3, 65, 0.3, 0.6, 29, 4, 1)))
        .isEqualTo(Segment.AT_RISK);
    assertThat(SHIPPED.segments().segmentOf(new SegmentFeatures(0, Double.NaN, 0, 0, 29, 60, 1)))
        .isEqualTo(Segment.HIBERNATING);
  }

  /** The dump of a tree as XGBoost writes it: its children are in no particular order. */
  @Test
  void readsTreesAsXgboostDumpsThem() {
    String dump =
        """
        { "nodeid": 0, "depth": 0, "split": "api_calls_last_7d", "split_condition": 10, "yes": 1,
          "no": 2, "missing": 2, "gain": 6.3, "cover": 100, "children": [
            { "nodeid": 2, "depth": 1, "split": "payment_failures", "split_condition": 0.5,
              "yes": 3, "no": 4, "missing": 4, "gain": 4.6, "cover": 40, "children": [
                { "nodeid": 3, "leaf": -0.5, "cover": 30 },
                { "nodeid": 4, "leaf": 1, "cover": 10 } ]},
            { "nodeid": 1, "leaf": 2, "cover": 60 } ]}""";
    Models models = SHIPPED.with(document("churn", tree(dump)));
    // few calls: -1.5 + 2; many and no failure: -1.5 - 0.5
    assertThat(models.churn().score(COLD).probability())
        .isCloseTo(1 / (1 + Math.exp(-0.5)), within(1e-12));
    assertThat(models.churn().score(BUSY).probability())
        .isCloseTo(1 / (1 + Math.exp(2)), within(1e-12));
    // the mean of the right half is (30 × -0.5 + 10) ÷ 40 = -0.125, of all (120 - 5) ÷ 100 = 1.15
    assertThat(models.churn().score(BUSY).reasons().get(0).contribution())
        .isCloseTo(-1.275, within(1e-12));
    assertThat(models.segments()).isSameAs(SHIPPED.segments());
  }

  @Test
  void readsLifetimes() {
    Models models =
        SHIPPED.with(
            document(
                "lifetime",
                """
                {"horizon_months": 36, "gross_margin": 0.75,
                 "everyone": {"months": 20, "low": 18, "high": 22}, "groups": [
                   {"plan": "pro", "months": 24, "low": 20, "high": 28},
                   {"plan": "pro", "segment": "At Risk", "months": 4, "low": 3, "high": 5}]}"""));
    assertThat(
            models.lifetime().orElseThrow().value("pro", Segment.AT_RISK, BigDecimal.TEN).value())
        .isEqualByComparingTo("30");
  }

  @Test
  void namesEverythingThatIsWrong() {
    assertThatThrownBy(
            () ->
                SHIPPED.with(
                    document(
                        "lifetime",
                        """
                        {"horizon_months": 0, "gross_margin": 1.5,
                         "everyone": {"months": 20, "low": 21, "high": 22},
                         "groups": [{"plan": 7, "segment": "At risk", "months": "4"}]}""")))
        .isInstanceOfSatisfying(
            ModelException.class,
            e ->
                assertThat(e.problems())
                    .contains(
                        "model.horizon_months must be above 0",
                        "model must not have a gross_margin above 1",
                        "model.everyone must have 0 ≤ low ≤ months ≤ high ≤ horizon_months",
                        "model.groups[0].plan must be a text",
                        "model.groups[0].months must be a number",
                        "model.groups[0].segment must be one of Champions, Loyal Customers,"
                            + " Potential Loyalists, At Risk, Hibernating, not 'At risk'"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"version":2,"kind":"churn","model":{}}   | the document has the unknown version 2.0; this one reads 1
          {"kind":"churn","model":{}}               | version must be a number
          {"version":1,"kind":"chrun","model":{}}   | kind must be one of churn, segments, lifetime, not 'chrun'
          {"version":1,"kind":"churn"}              | model must be an object
          []                                        | the document must be an object
          {"version":1,                             | the document is not JSON
          ''                                        | the document must be an object
          """)
  void refusesWhatIsNoModel(String document, String problem) {
    assertThatThrownBy(() -> SHIPPED.with(document.getBytes(UTF_8)))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining(problem);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"nodeid":0,"cover":1}                                             | split must be a text
          {"nodeid":0,"cover":1,"leaf":"x"}                                  | leaf must be a number
          {"nodeid":0,"cover":1,"split":"age","split_condition":1,"yes":1,"no":2,"children":[{"nodeid":1,"leaf":0,"cover":1},{"nodeid":2,"leaf":0,"cover":1}]} | not 'age'
          {"nodeid":0,"cover":1,"split":"mrr","split_condition":1,"yes":1,"no":2,"children":[{"nodeid":1,"leaf":0,"cover":1}]} | must be a leaf or have two children
          {"nodeid":0,"cover":1,"split":"mrr","split_condition":1,"yes":1,"no":2,"children":[{"nodeid":1,"leaf":0,"cover":1},{"nodeid":7,"leaf":0,"cover":1}]} | must name its children
          """)
  void refusesTreesThatLeadNowhere(String root, String problem) {
    byte[] document = document("churn", tree(root));
    assertThatThrownBy(() -> SHIPPED.with(document))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining(problem);
  }

  @Test
  void refusesAModelOfOtherFeatures() {
    String model = tree("").replace("\"mrr\",", "");
    assertThatThrownBy(() -> SHIPPED.with(document("churn", model)))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("model.features must be [days_since_signup, api_calls_last_7d,");
  }
}
