package io.tidewatch.metrics;

import java.math.BigDecimal;

/**
 * The value of a metric in one window and series.
 *
 * @param amount the exact value, in major units of money; null unless {@link
 *     MetricDefinition#isExact()}
 */
public record Measurement(double value, BigDecimal amount) {}
