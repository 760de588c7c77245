package io.tidewatch.churn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChurnModelTest {

  private static final ChurnFeatures COLD =
      new ChurnFeatures(200, 3, 95, 50, 0.021, 0.2, 4, 12, 99, 2, 1);

  /** Adds as many log odds for a feature as its number in the list says. */
  private static ChurnModel model(double... contributions) {
    return new ChurnModel(
        new LogOdds() {
          @Override
          public double bias() {
            return -1;
          }

          @Override
          public double[] contributions(double[] inputs) {
            return contributions;
          }
        });
  }

  @Test
  void saysTheThreeStrongestReasonsInSentences() {
    ChurnScore score = model(-0.5, 0.9, 0, 0, 0, 0.1, 0.7, 0.2, 0, 0, 0.3).score(COLD);
    assertThat(score.probability()).isCloseTo(1 / (1 + Math.exp(-0.7)), within(1e-12));
    assertThat(score.level()).isEqualTo(RiskLevel.HIGH);
    assertThat(score.reasons())
        .extracting(Reason::sentence)
        .containsExactly(
            "API calls in the last 7 days: 3, fallen from a usual 28 (raises the risk)",
            "support tickets in the last 30 days: 4 (raises the risk)",
            "signed up 200 days ago (lowers the risk)");
  }

  @Test
  void keepsTheOrderOfFeaturesAmongReasonsOfEqualWeight() {
    assertThat(model(0, 0, 0.1, 0.1, -0.1, 0.1, 0, 0, 0, 0, 0).score(COLD).reasons())
        .extracting(Reason::feature)
        .containsExactly(
            ChurnFeature.API_CALLS_LAST_30D,
            ChurnFeature.AVG_RESPONSE_TIME,
            ChurnFeature.ERROR_RATE);
  }

  @Test
  void describesEveryFeature() {
    assertThat(Arrays.stream(ChurnFeature.values()).map(feature -> feature.describe(COLD)))
        .containsExactly(
            "signed up 200 days ago",
            "API calls in the last 7 days: 3, fallen from a usual 28",
            "API calls in the last 30 days: 95",
            "API responses take 50 ms on average",
            "failed API calls: 2.1 %",
            "adoption of features in the last 30 days: 20 %",
            "support tickets in the last 30 days: 4",
            "last login 12 days ago",
            "pays 99.00 a month",
            "tier Team",
            "failed payments in the last 30 days: 1");
    ChurnFeatures silent = new ChurnFeatures(1, 0, 0, 0, 0, 0, 0, 0, 1234.5, 0, 0);
    assertThat(ChurnFeature.API_CALLS_LAST_7D.describe(silent))
        .isEqualTo("API calls in the last 7 days: 0, as usual");
    assertThat(ChurnFeature.DAYS_SINCE_SIGNUP.describe(silent)).isEqualTo("signed up 1 day ago");
    assertThat(ChurnFeature.DAYS_SINCE_LAST_LOGIN.describe(silent)).isEqualTo("last login today");
    assertThat(ChurnFeature.MRR.describe(silent)).isEqualTo("pays 1,234.50 a month");
  }

  @Test
  void namesTheElevenFeaturesInTheOrderOfTheirValues() {
    assertThat(ChurnFeature.labels())
        .containsExactly(
            "days_since_signup",
            "api_calls_last_7d",
            "api_calls_last_30d",
            "avg_response_time",
            "error_rate",
            "feature_adoption_score",
            "support_tickets_count",
            "days_since_last_login",
            "mrr",
            "tier_numeric",
            "payment_failures");
    assertThat(new ChurnFeatures(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10).values())
        .containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
  }

  @ParameterizedTest
  @CsvSource({
    "0, LOW", "0.1999, LOW", "0.2, MEDIUM", "0.4999, MEDIUM",
    "0.5, HIGH", "0.7999, HIGH", "0.8, CRITICAL", "1, CRITICAL"
  })
  void levelsBeginWhereTheySay(double probability, RiskLevel level) {
    assertThat(RiskLevel.of(probability)).isEqualTo(level);
  }

  @ParameterizedTest
  @CsvSource({"Developer, 1", "team, 2", "ENTERPRISE, 3", "self-serve, 0", "'', 0"})
  void numbersTiers(String tier, double number) {
    assertThat(ChurnFeatures.numericTier(tier)).isEqualTo(number);
  }

  @Test
  void fiveFeaturesAreAllThereIsToAdopt() {
    assertThat(List.of(0, 3, 5, 9).stream().map(ChurnFeatures::adoptionOf))
        .containsExactly(0.0, 0.6, 1.0, 1.0);
  }
}
