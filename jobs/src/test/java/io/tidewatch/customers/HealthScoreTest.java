package io.tidewatch.customers;

import static io.tidewatch.customers.CustomerFacts.healthy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HealthScoreTest {

  @Test
  void allPartsTogetherAreAHundred() {
    HealthScore score = healthy().score();
    assertThat(score.score()).isEqualTo(100);
    assertThat(score.category()).isEqualTo(HealthCategory.EXCELLENT);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0, 0", // never used
    "0, 40, 0", // used, but not this week
    "1, 4, 30", // a quarter of four weeks: all
    "10, 40, 30",
    "40, 40, 30", // more than usual gives no more
    "5, 40, 15", // half of the usual
    "1, 40, 3" // 30 × 1 ÷ 10
  })
  void usageComparesTheWeekWithTheUsualOne(long last7, long last28, double points) {
    assertThat(healthy().uses(last7, last28).score().usage()).isEqualTo(points);
  }

  @ParameterizedTest
  @CsvSource({"0, 20", "7, 10", "13, 1.428571", "14, 0", "15, 0", "400, 0"})
  void recencyIsGoneAfterFourteenDays(long days, double points) {
    assertThat(healthy().daysSinceUse(days).score().recency()).isCloseTo(points, within(1e-6));
  }

  @Test
  void whoNeverUsedAnythingWasNotThereLately() {
    assertThat(healthy().daysSinceUse(null).score().recency()).isZero();
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "1, 4", "4, 16", "5, 20", "6, 20"})
  void fiveFeaturesAreAllOfAdoption(int features, double points) {
    assertThat(healthy().features(features).score().adoption()).isEqualTo(points);
  }

  @ParameterizedTest
  @CsvSource({"PAID, 15", "RECOVERED, 7.5", "FAILED, 0"})
  void paymentHasThreeStates(PaymentStanding standing, double points) {
    assertThat(healthy().payments(standing).score().payment()).isEqualTo(points);
  }

  @ParameterizedTest
  @CsvSource({"0, 15", "1, 11.25", "3, 3.75", "4, 0", "5, 0"})
  void fourOpenTicketsLeaveNothingOfSupport(int open, double points) {
    assertThat(healthy().openTickets(open).score().support()).isEqualTo(points);
  }

  @Test
  void aHalfIsRoundedUp() {
    // 30 + 20 + 20 + 7.5 + 15
    assertThat(healthy().payments(PaymentStanding.RECOVERED).score().score()).isEqualTo(93);
  }

  @Test
  void aHalfMadeOfSeventhsIsAHalfAllTheSame() {
    // 120 × 1 ÷ 7 + 20 × 2 ÷ 14 = 20, + 20 + 7.5 + 15
    HealthScore score =
        healthy().uses(1, 7).daysSinceUse(12L).payments(PaymentStanding.RECOVERED).score();
    assertThat(score.score()).isEqualTo(63);
  }

  @Test
  void lessThanAHalfIsRoundedDown() {
    // 30 + 20 × 13 ÷ 14 = 18.57 + 20 + 15 + 3.75 = 87.32
    assertThat(healthy().daysSinceUse(1L).openTickets(3).score().score()).isEqualTo(87);
  }

  @ParameterizedTest
  @CsvSource({
    "100, EXCELLENT",
    "90, EXCELLENT",
    "89, GOOD",
    "70, GOOD",
    "69, AT_RISK",
    "50, AT_RISK",
    "49, CRITICAL",
    "0, CRITICAL"
  })
  void categoriesBeginWhereTheContractSays(int score, HealthCategory category) {
    assertThat(HealthSettings.DEFAULT.categoryOf(score)).isEqualTo(category);
  }

  @Test
  void weightsAndNumbersAreThoseOfTheSettings() {
    BigDecimal twenty = BigDecimal.valueOf(20);
    HealthSettings settings =
        new HealthSettings(
            new HealthSettings.Weights(twenty, twenty, twenty, twenty, twenty),
            10,
            2,
            8,
            90,
            Duration.ofMinutes(10),
            95,
            60,
            40);
    HealthScore score =
        HealthScore.of(healthy().daysSinceUse(5L).features(1).openTickets(4).snapshot(), settings);
    // 20 + 10 + 10 + 20 + 10
    assertThat(score.score()).isEqualTo(70);
    assertThat(score.category()).isEqualTo(HealthCategory.GOOD);
  }
}
