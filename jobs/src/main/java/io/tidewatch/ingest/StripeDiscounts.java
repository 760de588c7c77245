package io.tidewatch.ingest;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The discounts that lower what a subscription or an item brings from one period to the next: those
 * that last forever, and those that last for months while they do. One that applies once does not.
 *
 * @param inOrder as Stripe applies them, one after the other
 * @param areAllKnown whether the event says all about them. It may name them by their ids alone,
 *     and an amount off is told only where everything is billed at once; those do not count then
 */
record StripeDiscounts(List<Discount> inOrder, boolean areAllKnown) {

  static final StripeDiscounts NONE = new StripeDiscounts(List.of(), true);

  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

  /** As many as Stripe gives any number. */
  private static final int PERCENT_DECIMALS = 12;

  /** The most that Stripe lets anything have. */
  private static final int MAX_DISCOUNTS = 20;

  /** A part or an amount that is not paid; the other is null. */
  record Discount(BigDecimal percent, BigDecimal amount) {

    BigDecimal applyTo(BigDecimal total) {
      return percent == null
          ? total.subtract(amount).max(BigDecimal.ZERO)
          : total.multiply(HUNDRED.subtract(percent)).movePointLeft(2);
    }
  }

  /**
   * Reads the discounts of a subscription or an item.
   *
   * @param currency of what it costs, in upper case
   * @param time when this was so
   */
  static StripeDiscounts of(JsonObject discounted, String currency, Instant time) throws Rejection {
    List<JsonObject> told = discounted.objects("discounts");
    JsonObject only = discounted.object("discount");
    if (only != null && told.size() <= 1) {
      told = List.of(only);
    }
    if (told.size() > MAX_DISCOUNTS) {
      throw new Rejection(
          ReasonCode.VALUE_NOT_ALLOWED,
          discounted.path("discounts") + " must be at most " + MAX_DISCOUNTS);
    }
    List<Discount> discounts = new ArrayList<>();
    boolean areAllKnown = true;
    for (JsonObject discount : told) {
      JsonObject coupon = discount == null ? null : coupon(discount);
      if (coupon == null) {
        areAllKnown = false;
      } else if (recurs(discount, coupon, time)) {
        Discount known = discount(coupon, currency);
        areAllKnown &= known != null;
        if (known != null) {
          discounts.add(known);
        }
      }
    }
    return new StripeDiscounts(discounts, areAllKnown);
  }

  BigDecimal applyTo(BigDecimal total) {
    BigDecimal discounted = total;
    for (Discount discount : inOrder) {
      discounted = discount.applyTo(discounted);
    }
    return discounted;
  }

  /** These without the amounts off. */
  StripeDiscounts percentagesOnly() {
    List<Discount> percentages =
        inOrder.stream().filter(discount -> discount.percent() != null).toList();
    return percentages.size() == inOrder.size() ? this : new StripeDiscounts(percentages, false);
  }

  private static JsonObject coupon(JsonObject discount) {
    JsonObject source = discount.object("source");
    return source == null ? discount.object("coupon") : source.object("coupon");
  }

  private static boolean recurs(JsonObject discount, JsonObject coupon, Instant time)
      throws Rejection {
    if ("once".equals(coupon.text("duration"))) {
      return false;
    }
    Instant end = discount.time("end");
    return end == null || end.isAfter(time);
  }

  /** Null if the event doesn't say what the coupon comes to. */
  private static Discount discount(JsonObject coupon, String currency) throws Rejection {
    if (coupon.object("applies_to") != null) {
      return null;
    }
    BigDecimal percent = coupon.number("percent_off");
    if (percent != null) {
      if (percent.signum() < 0
          || percent.compareTo(HUNDRED) > 0
          || percent.scale() > PERCENT_DECIMALS) {
        throw new Rejection(
            ReasonCode.VALUE_NOT_ALLOWED,
            coupon.path("percent_off")
                + " must lie between 0 and 100 and have at most 12 decimals");
      }
      return new Discount(percent, null);
    }
    BigDecimal amount = coupon.number("amount_off");
    return amount == null || !currency.equals(StripeMoney.currency(coupon.text("currency")))
        ? null
        : new Discount(null, StripeMoney.major(amount, currency));
  }
}
