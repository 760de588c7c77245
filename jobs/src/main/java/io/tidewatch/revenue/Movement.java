package io.tidewatch.revenue;

import java.math.BigDecimal;
import java.time.Instant;

/**
 * A change of a customer's monthly recurring revenue, named by the event that caused it.
 *
 * @param before all that the customer paid per month before it, in the ledger's currency
 * @param after and after it; never the same
 * @param plan of the subscription that changed, after the change
 */
public record Movement(
    String eventId,
    Instant time,
    MovementKind kind,
    BigDecimal before,
    BigDecimal after,
    String subscriptionId,
    String plan,
    String currency,
    BigDecimal originalAmount) {

  public BigDecimal delta() {
    return after.subtract(before);
  }
}
