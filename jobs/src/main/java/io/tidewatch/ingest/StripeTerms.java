package io.tidewatch.ingest;

import io.tidewatch.ingest.PropertyList.Kind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a subscription is for and what it costs.
 *
 * @param items at least one
 * @param areDiscountsKnown whether {@code recurring} is less all discounts that recur
 */
record StripeTerms(
    List<StripeItem> items, String currency, StripeRecurring recurring, boolean areDiscountsKnown) {

  /**
   * Reads the terms of a subscription.
   *
   * @param items its items; the subscription itself where it is its own only one
   * @throws Rejection if what it costs can't be told
   */
  static StripeTerms of(StripeEvent told, List<JsonObject> items) throws Rejection {
    JsonObject subscription = told.object();
    List<StripeRecurring.Part> parts = new ArrayList<>();
    boolean areKnown = true;
    for (JsonObject source : items) {
      StripeItem item = StripeItem.of(source);
      StripeDiscounts own =
          source == subscription
              ? StripeDiscounts.NONE
              : StripeDiscounts.of(source, item.currency(), told.time());
      areKnown &= own.areAllKnown();
      parts.add(new StripeRecurring.Part(item, own.applyTo(item.total())));
    }
    List<StripeItem> all = parts.stream().map(StripeRecurring.Part::item).toList();
    String currency = currency(subscription, all);
    List<StripeRecurring.Part> fixed =
        parts.stream().filter(part -> !part.item().isMetered()).toList();
    List<StripeRecurring.Part> counting = fixed.isEmpty() ? parts : fixed;
    StripeDiscounts discounts = StripeDiscounts.of(subscription, currency, told.time());
    if (counting.stream().map(part -> part.item().period()).distinct().count() > 1) {
      discounts = discounts.percentagesOnly();
    }
    return new StripeTerms(
        all,
        currency,
        StripeRecurring.of(counting, discounts),
        areKnown && discounts.areAllKnown());
  }

  /** Puts them into the properties of a subscription's event. */
  void addTo(Candidate event) {
    event.addText("plan", joined(items.stream().map(StripeItem::price).toList()));
    event.addText("plan_name", joined(items.stream().map(StripeItem::name).toList()));
    event.addText("amount", recurring.amount().toPlainString());
    event.addText("currency", currency);
    event.addText("interval", recurring.period().interval());
    addInteger(event, "interval_count", recurring.period().count());
    addInteger(event, "quantity", recurring.quantity());
    if (!areDiscountsKnown) {
      event.addProperty("discounts_unknown", "true", Kind.BOOLEAN);
    }
    if (items.stream().anyMatch(StripeItem::isMetered)) {
      event.addProperty("metered", "true", Kind.BOOLEAN);
    }
  }

  private static String currency(JsonObject subscription, List<StripeItem> items) throws Rejection {
    Set<String> currencies = new HashSet<>();
    items.forEach(item -> currencies.add(item.currency()));
    String own = StripeMoney.currency(subscription.text("currency"));
    if (own != null) {
      currencies.add(own);
    }
    if (currencies.size() > 1) {
      throw new Rejection(
          ReasonCode.VALUE_NOT_ALLOWED,
          subscription.path("items") + " must have prices in the subscription's one currency");
    }
    return currencies.iterator().next();
  }

  /** Sorted, so that the order of the items means nothing; null if there are none. */
  private static String joined(List<String> names) {
    String joined =
        names.stream()
            .filter(Objects::nonNull)
            .distinct()
            .sorted()
            .collect(Collectors.joining("+"));
    return joined.isEmpty() ? null : joined;
  }

  private static void addInteger(Candidate event, String name, long value) {
    event.addProperty(name, Long.toString(value), Kind.INTEGER);
  }
}
