package io.tidewatch.ingest;

import java.math.BigDecimal;
import java.util.Map;

/**
 * What a request costs in compute units: the endpoint's multiplier × max(1, response time in
 * seconds), exactly.
 */
final class ComputeUnits {

  private final Map<String, BigDecimal> multipliers;

  ComputeUnits(Map<String, BigDecimal> multipliers) {
    this.multipliers = multipliers;
  }

  BigDecimal of(String endpoint, BigDecimal responseTimeMs) {
    BigDecimal seconds = responseTimeMs.movePointLeft(3).max(BigDecimal.ONE);
    return multipliers
        .getOrDefault(endpoint, BigDecimal.ONE)
        .multiply(seconds)
        .stripTrailingZeros();
  }
}
