package io.tidewatch.customers;

import java.time.Instant;

/**
 * The last payments of a customer; null where there was none.
 *
 * @param failed when one last failed
 * @param succeeded when one last succeeded
 */
record Payments(Instant failed, Instant succeeded) {

  /** For how many days a failure counts although a success came later. */
  private static final int REMEMBERED_DAYS = 30;

  static final Payments NONE = new Payments(null, null);

  Payments failedAt(Instant time) {
    return failed != null && failed.isAfter(time) ? this : new Payments(time, succeeded);
  }

  Payments succeededAt(Instant time) {
    return succeeded != null && succeeded.isAfter(time) ? this : new Payments(failed, time);
  }

  PaymentStanding standing(long asOf, LocalDays days) {
    if (failed == null) {
      return PaymentStanding.PAID;
    }
    if (succeeded == null || succeeded.isBefore(failed)) {
      return PaymentStanding.FAILED;
    }
    return days.of(failed) > asOf - REMEMBERED_DAYS
        ? PaymentStanding.RECOVERED
        : PaymentStanding.PAID;
  }
}
