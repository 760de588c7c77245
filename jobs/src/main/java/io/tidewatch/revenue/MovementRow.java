package io.tidewatch.revenue;

/**
 * A row of {@code mrr_movements}.
 *
 * @param ceased true where a late event undid the movement: the row is a tombstone
 * @param version how many changes the customer's ledger had applied
 */
public record MovementRow(String customerId, Movement movement, boolean ceased, long version) {}
