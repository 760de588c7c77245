package io.tidewatch.revenue;

/**
 * A row of {@code mrr_movements}.
 *
 * @param tombstone whether a late event undid the movement
 * @param version how many changes the customer's ledger had applied
 */
public record MovementRow(String customerId, Movement movement, boolean tombstone, long version) {}
