package io.tidewatch.revenue;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;

class BillingIntervalTest {

  /**
   * Prices of yearly plans and what they bring per month: killbill-analytics-plugin, Apache-2.0.
   */
  @ParameterizedTest
  @CsvSource({
    "YEAR, 1, 18.2900, 1, 1.5242",
    "YEAR, 1, 29.9500, 1, 2.4958",
    "YEAR, 1, 599.9000, 1, 49.9917",
    "YEAR, 1, 5499.0000, 1, 458.2500",
    "MONTH, 1, 274.5000, 1, 274.5000",
    // 30 ÷ 3
    "MONTH, 3, 30, 1, 10.0000",
    // 12 × 5 × 52 ÷ 12
    "WEEK, 1, 12, 5, 260.0000",
    // 1 × 365 ÷ 12 ÷ 30
    "DAY, 30, 1, 1, 1.0139",
    // 0.0006 ÷ 12 = 0.00005, and half goes to even
    "YEAR, 1, 0.0006, 1, 0.0000",
    "YEAR, 1, 0.0018, 1, 0.0002",
    // so many intervals that twelve times as many do not fit 64 bits
    "YEAR, 4611686018427387904, 12, 1, 0.0000",
    "DAY, 1, 99999999999999.9999, 1000000000, 3041666666666666663625000.0000",
  })
  void bringsPerMonth(
      BillingInterval interval, long count, BigDecimal amount, long quantity, String mrr) {
    assertThat(interval.perMonth(amount, quantity, count).toPlainString()).isEqualTo(mrr);
  }

  /** All of the same source; what has no billing period is sold once and no subscription. */
  @ParameterizedTest
  @CsvFileSource(resources = "/stripe/mrr_normalisation.csv", numLinesToSkip = 1)
  void bringsWhatOthersNormaliseItTo(String period, BigDecimal price, String mrr) {
    switch (period) {
      case "MONTHLY" ->
          assertThat(BillingInterval.MONTH.perMonth(price, 1, 1).toPlainString()).isEqualTo(mrr);
      case "ANNUAL" ->
          assertThat(BillingInterval.YEAR.perMonth(price, 1, 1).toPlainString()).isEqualTo(mrr);
      default -> assertThat(period).isEqualTo("NO_BILLING_PERIOD");
    }
  }
}
