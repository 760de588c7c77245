package io.tidewatch.customers;

import io.tidewatch.churn.ChurnFeatures;
import io.tidewatch.churn.ChurnScore;
import io.tidewatch.churn.Reason;
import io.tidewatch.lifetime.LifetimeValue;
import io.tidewatch.models.Models;
import io.tidewatch.segments.Segment;
import io.tidewatch.segments.SegmentFeatures;
import java.math.BigDecimal;
import java.util.List;

/**
 * What models predict of a customer.
 *
 * @param segment its name
 * @param churnProbability of canceling within 90 days
 * @param churnRisk the level of that
 * @param churnReasons the three strongest, as sentences
 * @param remainingMonths null while no model of lifetimes is known, as the values are
 * @param lifetimeValue with the bounds of its 95 % interval
 */
public record Predictions(
    String segment,
    double churnProbability,
    String churnRisk,
    List<String> churnReasons,
    Double remainingMonths,
    BigDecimal lifetimeValue,
    BigDecimal lifetimeValueLow,
    BigDecimal lifetimeValueHigh) {

  public static Predictions of(CustomerSnapshot customer, Models models) {
    Segment segment = models.segments().segmentOf(segmentFeatures(customer));
    ChurnScore churn = models.churn().score(churnFeatures(customer));
    LifetimeValue lifetime =
        models
            .lifetime()
            .map(model -> model.value(customer.plan(), segment, customer.mrr()))
            .orElse(null);
    return new Predictions(
        segment.label(),
        churn.probability(),
        churn.level().label(),
        churn.reasons().stream().map(Reason::sentence).toList(),
        lifetime == null ? null : lifetime.months().value(),
        lifetime == null ? null : lifetime.value(),
        lifetime == null ? null : lifetime.low(),
        lifetime == null ? null : lifetime.high());
  }

  /** The customer as models of churn see it. */
  public static ChurnFeatures churnFeatures(CustomerSnapshot customer) {
    return new ChurnFeatures(
        customer.daysSinceSignup(),
        customer.apiCallsLast7Days(),
        customer.apiCallsLast30Days(),
        customer.averageResponseMillis(),
        customer.errorRate(),
        ChurnFeatures.adoptionOf(customer.featuresLast30Days()),
        customer.ticketsOpenedLast30Days(),
        customer.daysSinceLogin(),
        customer.mrr().doubleValue(),
        ChurnFeatures.numericTier(customer.tier()),
        customer.paymentFailuresLast30Days());
  }

  /** The customer as models of segments see it. */
  public static SegmentFeatures segmentFeatures(CustomerSnapshot customer) {
    double activeDays = Math.max(1, customer.activeDaysLast30Days());
    return new SegmentFeatures(
        customer.apiCallsLast30Days() / activeDays,
        customer.apiCallsLast30Days() == 0 ? Double.NaN : customer.averageResponseMillis(),
        ChurnFeatures.adoptionOf(customer.featuresLast30Days()),
        customer.ticketsOpenedLast30Days() / activeDays,
        customer.mrr().doubleValue(),
        customer.daysSinceUse() == null ? customer.daysSinceSignup() : customer.daysSinceUse(),
        ChurnFeatures.numericTier(customer.tier()));
  }
}
