package io.tidewatch.revenue;

import java.math.BigDecimal;

/** What a change of a customer's monthly recurring revenue is called. */
public enum MovementKind {
  /** From nothing, and there never was anything before. */
  NEW,
  /** From nothing, but there once was something. */
  REACTIVATION,
  EXPANSION,
  CONTRACTION,
  /** To nothing. */
  CHURN;

  static MovementKind of(BigDecimal before, BigDecimal after, boolean hadRevenue) {
    if (before.signum() == 0) {
      return hadRevenue ? REACTIVATION : NEW;
    }
    if (after.signum() == 0) {
      return CHURN;
    }
    return after.compareTo(before) > 0 ? EXPANSION : CONTRACTION;
  }
}
