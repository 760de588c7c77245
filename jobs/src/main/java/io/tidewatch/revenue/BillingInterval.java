package io.tidewatch.revenue;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** How often a subscription is paid. */
public enum BillingInterval {
  DAY(365, 12),
  WEEK(52, 12),
  MONTH(1, 1),
  YEAR(1, 12);

  private static final int DECIMALS = 4;

  /** Intervals per month, as a fraction. */
  private final int numerator;

  private final int denominator;

  BillingInterval(int numerator, int denominator) {
    this.numerator = numerator;
    this.denominator = denominator;
  }

  /**
   * The monthly recurring revenue of a subscription: amount × quantity ÷ count × intervals per
   * month, rounded half-even to 4 decimals, once.
   *
   * @param amount per unit and so many intervals, major units
   * @param count intervals between two payments
   */
  public BigDecimal perMonth(BigDecimal amount, long quantity, long count) {
    return amount
        .multiply(BigDecimal.valueOf(quantity))
        .multiply(BigDecimal.valueOf(numerator))
        .divide(
            BigDecimal.valueOf(count).multiply(BigDecimal.valueOf(denominator)),
            DECIMALS,
            RoundingMode.HALF_EVEN);
  }
}
