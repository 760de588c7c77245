package io.tidewatch.customers;

import java.math.BigDecimal;
import java.time.Instant;

/** Snapshots as sentences; a customer without traits has all points. */
final class CustomerFacts {

  private long usesLast7Days = 25;
  private long usesLast28Days = 100;
  private Long daysSinceUse = 0L;
  private int features = 5;
  private PaymentStanding payments = PaymentStanding.PAID;
  private int openTickets;

  static CustomerFacts healthy() {
    return new CustomerFacts();
  }

  CustomerFacts uses(long last7Days, long last28Days) {
    usesLast7Days = last7Days;
    usesLast28Days = last28Days;
    return this;
  }

  CustomerFacts daysSinceUse(Long days) {
    daysSinceUse = days;
    return this;
  }

  CustomerFacts features(int distinct) {
    features = distinct;
    return this;
  }

  CustomerFacts payments(PaymentStanding standing) {
    payments = standing;
    return this;
  }

  CustomerFacts openTickets(int open) {
    openTickets = open;
    return this;
  }

  HealthScore score() {
    return HealthScore.of(snapshot(), HealthSettings.DEFAULT);
  }

  CustomerSnapshot snapshot() {
    return new CustomerSnapshot(
        Instant.EPOCH,
        usesLast7Days,
        usesLast28Days,
        daysSinceUse,
        features,
        payments,
        openTickets,
        0,
        0,
        0,
        0,
        0,
        0,
        null,
        0,
        0,
        0,
        BigDecimal.ZERO,
        BigDecimal.ZERO,
        "",
        "",
        "");
  }
}
