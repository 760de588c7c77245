package io.tidewatch.customers;

import java.io.Serializable;
import java.math.BigDecimal;
import java.time.Duration;

/**
 * What the health score is made with; the weights add up to {@link #TOTAL}.
 *
 * @param recencyDays without activity, after which nothing is left of that part
 * @param adoptedFeatures distinct ones in 30 days that make all of that part
 * @param openTickets that leave nothing of that part
 * @param idleDays of silence after which one who pays nothing is not scored at midnight any more
 * @param scoredWithin after midnight; customers take turns, so that they do not all come at once
 * @param excellentFrom the least score of that category; below {@code atRiskFrom} is Critical
 */
public record HealthSettings(
    Weights weights,
    int recencyDays,
    int adoptedFeatures,
    int openTickets,
    int idleDays,
    Duration scoredWithin,
    int excellentFrom,
    int goodFrom,
    int atRiskFrom)
    implements Serializable {

  public static final BigDecimal TOTAL = BigDecimal.valueOf(100);

  public static final HealthSettings DEFAULT =
      new HealthSettings(Weights.DEFAULT, 14, 5, 4, 90, Duration.ofMinutes(10), 90, 70, 50);

  /** The points that each part can give. */
  public record Weights(
      BigDecimal usage,
      BigDecimal recency,
      BigDecimal adoption,
      BigDecimal payment,
      BigDecimal support)
      implements Serializable {

    static final Weights DEFAULT =
        new Weights(
            BigDecimal.valueOf(30),
            BigDecimal.valueOf(20),
            BigDecimal.valueOf(20),
            BigDecimal.valueOf(15),
            BigDecimal.valueOf(15));

    public BigDecimal sum() {
      return usage.add(recency).add(adoption).add(payment).add(support);
    }
  }

  /** How much of the features that count as adoption these are, 0 to 1. */
  public double adoption(int features) {
    return Math.min(1, (double) features / adoptedFeatures);
  }

  HealthCategory categoryOf(int score) {
    if (score >= excellentFrom) {
      return HealthCategory.EXCELLENT;
    }
    if (score >= goodFrom) {
      return HealthCategory.GOOD;
    }
    return score >= atRiskFrom ? HealthCategory.AT_RISK : HealthCategory.CRITICAL;
  }
}
