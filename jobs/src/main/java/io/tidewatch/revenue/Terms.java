package io.tidewatch.revenue;

import java.math.BigDecimal;

/**
 * How often and how many times an amount is paid.
 *
 * @param count intervals between two payments
 */
public record Terms(BillingInterval interval, long count, long quantity) {

  /** The monthly recurring revenue of an amount, rounded half-even to 4 decimals. */
  BigDecimal perMonth(BigDecimal amount) {
    return interval.perMonth(amount, quantity, count);
  }
}
