package io.tidewatch.revenue;

import java.math.BigDecimal;

/**
 * What a subscription is at a time.
 *
 * @param mrr what it brings per month, in the ledger's currency
 * @param currency that it is paid in
 */
public record Subscription(BigDecimal mrr, String plan, String currency) {

  static final Subscription NONE = new Subscription(BigDecimal.ZERO, "", "");

  /** What it is after a change; a change need not name the plan and the currency again. */
  Subscription after(SubscriptionChange change) {
    return new Subscription(
        change.mrr(),
        change.plan().isEmpty() ? plan : change.plan(),
        change.currency().isEmpty() ? currency : change.currency());
  }
}
