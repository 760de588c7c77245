package io.tidewatch.revenue;

import java.math.BigDecimal;

/**
 * What a subscription is at a time.
 *
 * @param mrr what it brings per month, in the ledger's currency
 * @param currency that it is paid in
 * @param amount what is paid per interval, in {@code currency}; null if nothing was said about it
 * @param rate of {@code currency} when the amount was set; null if it was not known
 */
public record Subscription(
    BigDecimal mrr, String plan, String currency, BigDecimal amount, BigDecimal rate) {

  static final Subscription NONE = new Subscription(BigDecimal.ZERO, "", "", null, null);

  /**
   * What it is after a change; a change need not name the plan and the currency again. As long as
   * it brings in the same amount, it does so at the rate of when that was set: a rate's move moves
   * no revenue.
   */
  Subscription after(SubscriptionChange change) {
    BigDecimal rateOfAmount = bringsTheAmountOf(change) ? rate : change.rate();
    return new Subscription(
        change.mrr(rateOfAmount),
        change.plan().isEmpty() ? plan : change.plan(),
        change.currency().isEmpty() ? currency : change.currency(),
        change.originalAmount(),
        rateOfAmount);
  }

  private boolean bringsTheAmountOf(SubscriptionChange change) {
    return mrr.signum() != 0
        && change.originalAmount() != null
        && change.originalAmount().compareTo(amount) == 0
        && change.currency().equals(currency);
  }
}
