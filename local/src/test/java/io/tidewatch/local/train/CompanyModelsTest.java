package io.tidewatch.local.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.churn.ChurnFeature;
import io.tidewatch.lifetime.LifetimeModel;
import io.tidewatch.local.company.Company;
import io.tidewatch.models.LogOddsReader;
import io.tidewatch.models.Models;
import io.tidewatch.segments.Segment;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Models of a company whose customers leave for known causes. */
class CompanyModelsTest {

  private static final Instant FOUNDED = Instant.parse("2025-01-06T00:00:00Z");
  private static final Duration LIFE = Duration.ofDays(330);
  private static final LocalDate TODAY = LocalDate.parse("2025-12-02");

  @TempDir private static Path directory;
  private static Warehouse warehouse;
  private static ChurnTraining.Result churn;

  @BeforeAll
  static void live() {
    warehouse = Warehouse.ofCompany(directory, Company.founded(11, 300, FOUNDED), LIFE);
    churn = new ChurnTraining(warehouse.history()).train(TODAY);
  }

  @AfterAll
  static void close() {
    warehouse.close();
  }

  @Test
  void foreseesWhoLeaves() {
    assertThat(churn.evaluation().auc()).isGreaterThanOrEqualTo(0.85);
  }

  @Test
  void theShippedBaselineForeseesAboutAsWell() {
    Evaluation shipped = Evaluation.of(Models.shipped().churn().logOdds(), churn.test(), 0.5);
    assertThat(shipped.auc()).isGreaterThanOrEqualTo(0.8);
  }

  @Test
  void learnsOnlyFromWhatWasKnownWhenTheTestBegins() {
    assertThat(churn.testedOn()).isEqualTo(TODAY.minusDays(90));
    assertThat(churn.learnedFrom())
        .hasSizeGreaterThan(3)
        .allMatch(date -> !date.plusDays(90).isAfter(churn.testedOn()));
  }

  @Test
  void theJobReadsWhatWasLearned() {
    Models models = Models.shipped().with(churn.document().json());
    double[] inputs = churn.test().rows().get(0);
    assertThat(models.churn().logOdds().probability(inputs))
        .isEqualTo(LogOddsReader.read(churn.model(), ChurnFeature.labels()).probability(inputs));
    assertThat(churn.document().card())
        .contains("AUC 0.", "## Calibration", "## Importance", "| api_calls_last_30d | ");
  }

  @Test
  void findsTheFiveSegments() {
    SegmentTraining.Result result = new SegmentTraining(warehouse.history()).train(TODAY);
    Models models = Models.shipped().with(result.document().json());
    ObservedCustomer champion = result.customers().get(Segment.CHAMPIONS).get(0);
    assertThat(models.segments().segmentOf(champion.segment())).isEqualTo(Segment.CHAMPIONS);
    assertThat(mean(result, Segment.CHAMPIONS, 4))
        .isGreaterThan(mean(result, Segment.HIBERNATING, 4));
    assertThat(mean(result, Segment.HIBERNATING, 5))
        .isGreaterThan(mean(result, Segment.LOYAL_CUSTOMERS, 5));
    assertThat(result.document().card()).contains("| Champions | ", "api_calls_per_day");
    assertThat(new SegmentTraining(warehouse.history()).train(TODAY).document().json())
        .isEqualTo(result.document().json());
  }

  @Test
  void thoseWhoStaySeldomAreWorthLess() {
    ModelDocument document =
        new LifetimeTraining(
                warehouse.history(), Models.shipped().segments(), new BigDecimal("0.8"))
            .train(TODAY)
            .document();
    LifetimeModel lifetime = Models.shipped().with(document.json()).lifetime().orElseThrow();
    BigDecimal mrr = BigDecimal.valueOf(29);
    assertThat(lifetime.value("starter", Segment.AT_RISK, mrr).value())
        .isLessThan(lifetime.value("starter", Segment.POTENTIAL_LOYALISTS, mrr).value());
    assertThat(document.card()).contains("| all | all | ", "| starter | At Risk | ");
  }

  private static double mean(SegmentTraining.Result result, Segment segment, int feature) {
    List<ObservedCustomer> members = result.customers().get(segment);
    return IntStream.range(0, members.size())
        .mapToDouble(i -> members.get(i).segment().values()[feature])
        .average()
        .orElseThrow();
  }
}
