package io.tidewatch.ingest;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * What a subscription's item costs each time it is billed.
 *
 * <p>Old API versions call a price a plan, and the oldest put plan and quantity on the subscription
 * itself, which is then its own only item.
 *
 * @param price id of the price or plan
 * @param name what people call it; null if nothing
 * @param isMetered whether usage decides what is paid; it recurs with no amount of its own
 * @param unitAmount in major units
 * @param currency in upper case
 */
record StripeItem(
    String price,
    String name,
    boolean isMetered,
    BigDecimal unitAmount,
    long quantity,
    String currency,
    Period period) {

  /** From one bill to the next. */
  record Period(String interval, long count) {}

  /** Stripe bills at least every three years. */
  private static final long MAX_INTERVAL_COUNT = 3 * 366;

  /**
   * Reads an item.
   *
   * @param item one of the subscription's, or the subscription itself
   * @throws Rejection if its price can't be told
   */
  static StripeItem of(JsonObject item) throws Rejection {
    JsonObject price = item.object("price");
    JsonObject terms = price == null ? item.object("plan") : price;
    if (terms == null) {
      throw missing(item, "price");
    }
    JsonObject recurring = price == null ? terms : terms.object("recurring");
    if (recurring == null) {
      throw missing(terms, "recurring");
    }
    boolean isMetered = "metered".equals(recurring.text("usage_type"));
    String currency = StripeMoney.currency(terms.text("currency"));
    if (currency == null) {
      throw missing(terms, "currency");
    }
    return new StripeItem(
        terms.text("id"),
        name(terms),
        isMetered,
        isMetered ? BigDecimal.ZERO : unitAmount(terms, currency),
        isMetered ? 1 : quantity(item, terms),
        currency,
        period(recurring));
  }

  /** What is paid each time, before discounts. */
  BigDecimal total() {
    return unitAmount.multiply(BigDecimal.valueOf(quantity));
  }

  private static BigDecimal unitAmount(JsonObject terms, String currency) throws Rejection {
    for (String field :
        new String[] {"unit_amount_decimal", "unit_amount", "amount_decimal", "amount"}) {
      BigDecimal minor = terms.number(field);
      if (minor != null) {
        return StripeMoney.major(minor, currency);
      }
    }
    throw new Rejection(
        ReasonCode.FIELD_MISSING,
        terms.path("unit_amount") + " is required: what tiers come to isn't in the event");
  }

  private static long quantity(JsonObject item, JsonObject terms) throws Rejection {
    Long given = item.integer("quantity");
    long quantity = given == null ? 1 : given;
    if (quantity < 0) {
      throw notAllowed(item.path("quantity"), "0 or more");
    }
    JsonObject packages =
        terms.names("transform_quantity")
            ? terms.object("transform_quantity")
            : terms.object("transform_usage");
    if (packages == null) {
      return quantity;
    }
    Long size = packages.integer("divide_by");
    if (size == null || size < 1) {
      throw notAllowed(packages.path("divide_by"), "1 or more");
    }
    RoundingMode rounding =
        "up".equals(packages.text("round")) ? RoundingMode.CEILING : RoundingMode.FLOOR;
    return BigDecimal.valueOf(quantity)
        .divide(BigDecimal.valueOf(size), 0, rounding)
        .longValueExact();
  }

  private static Period period(JsonObject recurring) throws Rejection {
    String interval = recurring.text("interval");
    if (interval == null || !StripeRecurring.PER_YEAR.containsKey(interval)) {
      throw notAllowed(recurring.path("interval"), "day, week, month or year");
    }
    Long count = recurring.integer("interval_count");
    if (count != null && (count < 1 || count > MAX_INTERVAL_COUNT)) {
      throw notAllowed(recurring.path("interval_count"), "within 1 to " + MAX_INTERVAL_COUNT);
    }
    return new Period(interval, count == null ? 1 : count);
  }

  private static String name(JsonObject terms) throws Rejection {
    String nickname = terms.text("nickname");
    return nickname == null ? terms.text("name") : nickname;
  }

  private static Rejection missing(JsonObject object, String field) {
    return new Rejection(ReasonCode.FIELD_MISSING, object.path(field) + " is required");
  }

  private static Rejection notAllowed(String field, String allowed) {
    return new Rejection(ReasonCode.VALUE_NOT_ALLOWED, field + " must be " + allowed);
  }
}
