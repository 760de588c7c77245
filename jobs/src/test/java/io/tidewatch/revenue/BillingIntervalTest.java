package io.tidewatch.revenue;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import org.junit.jupiter.params.ParameterizedTest;
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
  })
  void bringsPerMonth(
      BillingInterval interval, long count, BigDecimal amount, long quantity, String mrr) {
    assertThat(interval.perMonth(amount, quantity, count).toPlainString()).isEqualTo(mrr);
  }
}
