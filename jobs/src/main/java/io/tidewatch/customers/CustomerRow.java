package io.tidewatch.customers;

import java.math.BigDecimal;
import java.time.Instant;

/**
 * A row of {@code dim_customers}.
 *
 * @param signup when the customer was created; null if nobody has told
 * @param firstApiCall null if there was none
 * @param mrr paid per month
 * @param predictions as of {@code updatedAt}
 * @param version how many events of the customer had been applied
 */
public record CustomerRow(
    String customerId,
    Profile profile,
    Instant signup,
    Instant firstApiCall,
    BigDecimal mrr,
    Instant firstSeen,
    Instant updatedAt,
    Predictions predictions,
    long version) {}
