package io.tidewatch.ingest;

import io.tidewatch.ingest.StripeItem.Period;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a whole subscription brings, as one amount that a ledger turns into the exact monthly one:
 * amount × quantity per that many intervals.
 *
 * <p>It is the first of these that has no more decimals than money has: the price and the quantity
 * of the only item; the total, where all items are billed at the same interval; the monthly total,
 * rounded half-even to four decimals, which is all that a ledger keeps. So a subscription is one
 * event whatever becomes of its items, and each event holds all that is known: it doesn't matter in
 * which order they come, or that one never does.
 */
record StripeRecurring(BigDecimal amount, long quantity, Period period) {

  /** An item's total after its own discounts. */
  record Part(StripeItem item, BigDecimal total) {}

  /** How often each interval comes in twelve months. */
  static final Map<String, Integer> PER_YEAR =
      Map.of("day", 365, "week", 52, "month", 12, "year", 1);

  private static final Period MONTH = new Period("month", 1);

  /**
   * @param parts those that recur with an amount of their own; at least one
   * @param discounts of the whole subscription; only percentages where the intervals differ
   */
  static StripeRecurring of(List<Part> parts, StripeDiscounts discounts) {
    StripeItem first = parts.get(0).item();
    Map<Period, BigDecimal> totals = new HashMap<>();
    for (Part part : parts) {
      totals.merge(part.item().period(), part.total(), BigDecimal::add);
    }
    totals.replaceAll((period, total) -> discounts.applyTo(total));
    BigDecimal total = totals.get(first.period());
    boolean isPlain = parts.size() == 1 && total.compareTo(first.total()) == 0;
    if (isPlain && isMoney(first.unitAmount())) {
      return new StripeRecurring(first.unitAmount(), first.quantity(), first.period());
    }
    if (totals.size() == 1 && isMoney(total)) {
      return new StripeRecurring(total, 1, first.period());
    }
    return new StripeRecurring(monthly(totals), 1, MONTH);
  }

  private static boolean isMoney(BigDecimal amount) {
    return amount.stripTrailingZeros().scale() <= Limits.MONEY_DECIMALS;
  }

  /** Over one denominator, so that nothing is rounded before the end. */
  private static BigDecimal monthly(Map<Period, BigDecimal> totals) {
    BigInteger counts = BigInteger.ONE;
    for (Period period : totals.keySet()) {
      BigInteger count = BigInteger.valueOf(period.count());
      counts = counts.multiply(count).divide(counts.gcd(count));
    }
    BigDecimal perYears = BigDecimal.ZERO;
    for (Map.Entry<Period, BigDecimal> total : totals.entrySet()) {
      Period period = total.getKey();
      BigInteger times =
          counts
              .divide(BigInteger.valueOf(period.count()))
              .multiply(BigInteger.valueOf(PER_YEAR.get(period.interval())));
      perYears = perYears.add(total.getValue().multiply(new BigDecimal(times)));
    }
    BigDecimal months =
        new BigDecimal(counts.multiply(BigInteger.valueOf(PER_YEAR.get(MONTH.interval()))));
    return perYears.divide(months, Limits.MONEY_DECIMALS, RoundingMode.HALF_EVEN);
  }
}
