package io.tidewatch.revenue;

import java.math.BigDecimal;
import java.util.Optional;

/**
 * What the economics of a customer need to know beside events.
 *
 * @param grossMargin of revenue, from 0 to 1; where it is not known, neither is what builds on it
 * @param monthlySalesAndMarketing what winning customers costs per month beside advertising, major
 *     units of the reporting currency
 */
public record UnitEconomics(Optional<BigDecimal> grossMargin, BigDecimal monthlySalesAndMarketing) {

  public static final UnitEconomics UNKNOWN = new UnitEconomics(Optional.empty(), BigDecimal.ZERO);
}
