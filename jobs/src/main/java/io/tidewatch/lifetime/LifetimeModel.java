package io.tidewatch.lifetime;

import io.tidewatch.segments.Segment;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;

/**
 * How long customers of each plan and segment remain, and what that is worth.
 *
 * <p>Months count from the day a customer is judged. A group that was too small to be estimated has
 * no entry: the plan's counts then, else that of all customers.
 *
 * @param horizonMonths no further ahead do the estimates look
 * @param grossMargin share of revenue that is left after the costs of serving, above 0 to 1
 * @param everyone remaining months of any customer
 * @param groups remaining months by plan, and by plan and segment
 */
public record LifetimeModel(
    double horizonMonths, BigDecimal grossMargin, Estimate everyone, Map<Group, Estimate> groups) {

  private static final int DECIMALS = 4;

  /**
   * Customers alike.
   *
   * @param segment null for all of the plan
   */
  public record Group(String plan, Segment segment) {}

  public LifetimeModel {
    groups = Map.copyOf(groups);
  }

  /**
   * What a customer is worth.
   *
   * @param mrr 0 or more
   */
  public LifetimeValue value(String plan, Segment segment, BigDecimal mrr) {
    Estimate ofPlan = groups.getOrDefault(new Group(plan, null), everyone);
    Estimate months = groups.getOrDefault(new Group(plan, segment), ofPlan);
    return new LifetimeValue(
        months, worth(months.value(), mrr), worth(months.low(), mrr), worth(months.high(), mrr));
  }

  private BigDecimal worth(double months, BigDecimal mrr) {
    return mrr.multiply(grossMargin)
        .multiply(BigDecimal.valueOf(months))
        .setScale(DECIMALS, RoundingMode.HALF_EVEN);
  }
}
