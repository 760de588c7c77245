package io.tidewatch.revenue;

import io.tidewatch.currency.Conversion;
import io.tidewatch.event.Event;
import io.tidewatch.metrics.InternalEvents;
import io.tidewatch.revenue.SubscriptionChange.Kind;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What the ledger reads and tells, as events. */
public final class SubscriptionEvents {

  /** Of {@code mrr.moved}: how many changes the ledger had applied, this one included. */
  public static final String VERSION = "version";

  private static final String SOURCE = "revenue";
  private static final Map<String, Kind> KINDS =
      Map.of(
          "subscription.started", Kind.STARTED,
          "subscription.changed", Kind.CHANGED,
          "subscription.canceled", Kind.CANCELED);

  /** Of the customer, as ingest added them to the event. */
  private static final Set<String> DIMENSIONS = Set.of("tier", "country", "acquisition_channel");

  /** In this order a customer's events apply. */
  public static final Comparator<Event> IN_ORDER =
      Comparator.comparing(SubscriptionEvents::changeOf);

  private SubscriptionEvents() {}

  /** Whether the ledger reads events of this type. */
  public static boolean isRead(Event event) {
    return event.customerId() != null && KINDS.containsKey(event.type());
  }

  /** What the event says, as it said it before its money was converted. */
  public static SubscriptionChange changeOf(Event event) {
    Kind kind = KINDS.get(event.type());
    return new SubscriptionChange(
        event.time(),
        kind,
        event.id(),
        event.get("subscription_id"),
        // a cancellation names no plan: what ingest may have added is the customer's latest one
        kind == Kind.CANCELED ? "" : event.get("plan"),
        kind == Kind.CANCELED ? null : terms(event),
        Optional.ofNullable(Conversion.originalCurrency(event)).orElse(""),
        Conversion.originalAmount(event),
        Conversion.rate(event).orElse(null));
  }

  /**
   * Tells that revenue has moved: amount without sign, {@code delta} with it.
   *
   * @param cause the event that moved it
   * @param ledger as it is now: what the customer pays may be another amount than after the
   *     movement, if that came late
   * @param currency of the ledger
   */
  public static Event moved(
      Event cause, Movement movement, CustomerLedger ledger, String currency) {
    Map<String, String> properties = new HashMap<>();
    for (String dimension : DIMENSIONS) {
      Optional.ofNullable(cause.get(dimension)).ifPresent(v -> properties.put(dimension, v));
    }
    properties.put("plan", movement.plan());
    properties.put("kind", movement.kind().name().toLowerCase(Locale.ROOT));
    properties.put("delta", movement.delta().toPlainString());
    properties.put("mrr_before", movement.before().toPlainString());
    properties.put("mrr_after", movement.after().toPlainString());
    properties.put("mrr", ledger.mrr().toPlainString());
    properties.put(VERSION, Long.toString(ledger.changes()));
    properties.put("subscription_id", movement.subscriptionId());
    return new Event(
        SOURCE,
        cause.source() + '|' + cause.id(),
        InternalEvents.MRR_MOVED,
        cause.time(),
        cause.receivedAt(),
        cause.customerId(),
        cause.userId(),
        null,
        null,
        movement.delta().abs(),
        currency,
        properties,
        true,
        cause.watermark());
  }

  private static Terms terms(Event event) {
    SubscriptionStatus status =
        Optional.ofNullable(event.get("status"))
            .map(name -> SubscriptionStatus.valueOf(name.toUpperCase(Locale.ROOT)))
            .orElse(SubscriptionStatus.ACTIVE);
    if (!status.isRecurring()) {
      return null;
    }
    return new Terms(
        BillingInterval.valueOf(event.get("interval").toUpperCase(Locale.ROOT)),
        whole(event, "interval_count"),
        whole(event, "quantity"));
  }

  private static long whole(Event event, String property) {
    String value = event.get(property);
    return value == null ? 1 : Long.parseLong(value);
  }
}
