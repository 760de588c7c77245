package io.tidewatch.customers;

/** How a customer stands with payments. */
public enum PaymentStanding {
  /** Paid, or none was due. */
  PAID,
  /** One failed within 30 days, but a success came later. */
  RECOVERED,
  /** One failed, and no success came since. */
  FAILED
}
