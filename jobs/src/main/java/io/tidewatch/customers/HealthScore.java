package io.tidewatch.customers;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * A customer's health, 0 to 100, and the points of its five parts before rounding.
 *
 * <pre>
 *   usage     × min(1, uses in 7 days ÷ (uses in 28 days ÷ 4)); 0 without any
 * + recency   × max(0, 1 − days since the last use ÷ 14)
 * + adoption  × min(1, distinct features in 30 days ÷ 5)
 * + payment   × (1 paid, ½ recovered, 0 failed)
 * + support   × max(0, 1 − open tickets ÷ 4)
 * </pre>
 *
 * <p>The weights and numbers are those of {@link HealthSettings}. The sum is exact and rounded half
 * up, once.
 */
public record HealthScore(
    int score,
    HealthCategory category,
    double usage,
    double recency,
    double adoption,
    double payment,
    double support) {

  private static final int USAGE_WEEKS = 4;
  private static final int PAYMENT_HALVES = 2;

  public static HealthScore of(CustomerSnapshot customer, HealthSettings settings) {
    HealthSettings.Weights weights = settings.weights();
    Share usage =
        new Share(
            weights.usage(),
            Math.min(USAGE_WEEKS * customer.usesLast7Days(), customer.usesLast28Days()),
            Math.max(1, customer.usesLast28Days()));
    Share recency =
        new Share(
            weights.recency(),
            customer.daysSinceUse() == null
                ? 0
                : Math.max(0, settings.recencyDays() - customer.daysSinceUse()),
            settings.recencyDays());
    Share adoption =
        new Share(
            weights.adoption(),
            Math.min(customer.featuresLast30Days(), settings.adoptedFeatures()),
            settings.adoptedFeatures());
    Share payment =
        new Share(weights.payment(), paymentHalves(customer.payments()), PAYMENT_HALVES);
    Share support =
        new Share(
            weights.support(),
            Math.max(0, settings.openTickets() - customer.openTickets()),
            settings.openTickets());
    int score = usage.plus(recency).plus(adoption).plus(payment).plus(support).roundedHalfUp();
    return new HealthScore(
        score,
        settings.categoryOf(score),
        usage.points(),
        recency.points(),
        adoption.points(),
        payment.points(),
        support.points());
  }

  /** The points of one part. */
  double points(HealthPart part) {
    return switch (part) {
      case USAGE -> usage;
      case RECENCY -> recency;
      case ADOPTION -> adoption;
      case PAYMENT -> payment;
      case SUPPORT -> support;
    };
  }

  private static int paymentHalves(PaymentStanding standing) {
    return switch (standing) {
      case PAID -> 2;
      case RECOVERED -> 1;
      case FAILED -> 0;
    };
  }

  /** A fraction of a weight, kept as one, so that a half is a half when the sum is rounded. */
  private record Share(BigDecimal weighted, BigDecimal denominator) {

    private Share(BigDecimal weight, long numerator, long denominator) {
      this(weight.multiply(BigDecimal.valueOf(numerator)), BigDecimal.valueOf(denominator));
    }

    private Share plus(Share other) {
      return new Share(
          weighted.multiply(other.denominator).add(other.weighted.multiply(denominator)),
          denominator.multiply(other.denominator));
    }

    private double points() {
      return weighted.doubleValue() / denominator.doubleValue();
    }

    private int roundedHalfUp() {
      return weighted.divide(denominator, 0, RoundingMode.HALF_UP).intValueExact();
    }
  }
}
