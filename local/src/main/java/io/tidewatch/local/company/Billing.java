package io.tidewatch.local.company;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Collects what customers owe. */
final class Billing {

  private static final double FAILING = 0.001;
  private static final double FAILING_IN_TROUBLE = 0.25;
  private static final double REFUNDED = 0.004;
  private static final List<String> CODES =
      List.of("insufficient_funds", "card_declined", "expired_card");

  private Billing() {}

  /** Charges the customer; what fails is tried again the day after, and then given up. */
  static void charge(
      Customer customer, Instant time, double amount, String revenueType, Dice dice, Feed feed) {
    String invoice = "in-" + customer.id() + "-" + Long.toString(time.toEpochMilli() / 1000, 36);
    boolean fails = fails(customer, dice);
    boolean failsAgain = fails && fails(customer, dice);
    Duration retryAfter = dice.between(Duration.ofHours(20), Duration.ofHours(28));
    String code = dice.oneOf(CODES);
    boolean refunded = dice.chance(REFUNDED);
    Duration refundAfter = dice.between(Duration.ofHours(8), Duration.ofDays(3));
    double refund = amount * dice.between(0.2, 1.0);
    Instant paidAt = fails ? time.plus(retryAfter) : time;
    if (fails) {
      customer.failsToPay(time, paidAt);
      feed.tell(
          payment("failed", customer, time, amount, invoice, revenueType)
              .with("failure_code", code));
    }
    if (failsAgain) {
      feed.tell(
          payment("failed", customer, paidAt, amount, invoice, revenueType)
              .with("failure_code", code));
      return;
    }
    feed.tell(payment("succeeded", customer, paidAt, amount, invoice, revenueType));
    if (refunded) {
      feed.tell(
          payment("refunded", customer, paidAt.plus(refundAfter), refund, invoice, revenueType));
    }
  }

  static Draft payment(
      String end, Customer customer, Instant time, double amount, String invoice, String type) {
    return Draft.at(time, "payment." + end)
        .customer(customer.id())
        .amount(amount)
        .with("invoice_id", invoice)
        .with("subscription_id", customer.subscriptionId())
        .with("revenue_type", type)
        .with("plan", customer.plan().label())
        .with("country", customer.traits().country());
  }

  private static boolean fails(Customer customer, Dice dice) {
    double probability = customer.has(Trouble.PAYMENT) ? FAILING_IN_TROUBLE : FAILING;
    return dice.chance(customer.plan().paysByCard() ? probability : 0);
  }
}
