package io.tidewatch.lifetime;

import java.math.BigDecimal;

/**
 * What a customer is still worth: expected remaining months × MRR × gross margin.
 *
 * @param months expected to remain, up to the model's horizon
 * @param value in the currency of the MRR, with 4 decimals; low and high are the 95 % interval
 */
public record LifetimeValue(Estimate months, BigDecimal value, BigDecimal low, BigDecimal high) {}
