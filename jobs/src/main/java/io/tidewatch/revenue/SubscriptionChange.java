package io.tidewatch.revenue;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Comparator;

/**
 * What one event says about one subscription: its whole state from then on.
 *
 * @param kind decides on the order of events of the same time
 * @param plan empty if it says nothing about it, as a cancellation
 * @param terms on which the amount is paid from now on; null while nothing is due
 * @param currency of {@code originalAmount}; empty if it says nothing about it
 * @param originalAmount what is paid per interval, as the event said; null if it said nothing
 * @param rate what a unit of {@code currency} was worth in the ledger's currency on the event's
 *     date; null if that is not known
 */
public record SubscriptionChange(
    Instant time,
    Kind kind,
    String eventId,
    String subscriptionId,
    String plan,
    Terms terms,
    String currency,
    BigDecimal originalAmount,
    BigDecimal rate)
    implements Comparable<SubscriptionChange> {

  /** In the order in which events of the same time apply. */
  public enum Kind {
    STARTED,
    CHANGED,
    CANCELED
  }

  private static final Comparator<SubscriptionChange> ORDER =
      Comparator.comparing(SubscriptionChange::time)
          .thenComparing(SubscriptionChange::kind)
          .thenComparing(SubscriptionChange::eventId);

  /**
   * What the subscription brings per month, rounded once.
   *
   * @param rate of the currency; without one it is in no total
   */
  BigDecimal mrr(BigDecimal rate) {
    return terms == null || rate == null
        ? BigDecimal.ZERO
        : terms.perMonth(originalAmount.multiply(rate));
  }

  /** The order in which a customer's events apply, however they come. */
  @Override
  public int compareTo(SubscriptionChange other) {
    return ORDER.compare(this, other);
  }
}
