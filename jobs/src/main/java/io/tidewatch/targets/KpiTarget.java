package io.tidewatch.targets;

import java.io.Serializable;
import java.math.BigDecimal;
import java.time.LocalDate;

/**
 * What a metric is to reach.
 *
 * @param value in the metric's unit
 * @param lowerIsBetter whether the metric is to fall to the value
 * @param by the last day it may take
 * @param phase of the plan it belongs to
 * @param owner who answers for it
 */
public record KpiTarget(
    String name,
    String metric,
    BigDecimal value,
    boolean lowerIsBetter,
    LocalDate by,
    String phase,
    String owner)
    implements Serializable {}
