package io.tidewatch.customers;

import io.tidewatch.event.Event;
import io.tidewatch.metrics.InternalEvents;
import io.tidewatch.pattern.customer.CustomerEvent;
import io.tidewatch.revenue.SubscriptionEvents;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What is read about customers and told of them, as events. */
public final class CustomerEvents {

  /**
   * In this order events that are known at the same moment apply. What moved is known before its
   * cause, and of several movements the one last that the ledger made last.
   */
  public static final Comparator<Event> IN_ORDER =
      Comparator.comparing(Event::time)
          .thenComparing(event -> !event.type().equals(InternalEvents.MRR_MOVED))
          .thenComparingLong(CustomerEvents::versionOfLedger);

  private static final String SOURCE = "customers";

  private static final Set<String> READ =
      Set.of("api.request", "feature.used", "auth.succeeded", "error.raised");

  private static final Set<String> USES = Set.of("api.request", "feature.used");

  /** Of uses, which are many, what is read. */
  private static final Set<String> OF_USES =
      Set.of("endpoint", "status_code", "response_time_ms", "feature");

  private CustomerEvents() {}

  /**
   * Whether the event says something about a customer: one of a source, or what the ledger derived.
   * No source can say what is derived.
   */
  public static boolean isRead(Event event) {
    String type = event.type();
    if (event.derived()) {
      return type.equals(InternalEvents.MRR_MOVED);
    }
    return event.customerId() != null
        && !InternalEvents.DERIVED.contains(type)
        && (READ.contains(type)
            || type.startsWith("customer.")
            || type.startsWith("subscription.")
            || type.startsWith("payment.")
            || type.startsWith("ticket.")
            || type.startsWith("trial."));
  }

  /** The event without what nobody reads here, where that is worth it. */
  public static Event lightened(Event event) {
    if (!USES.contains(event.type())) {
      return event;
    }
    Map<String, String> read = new HashMap<>();
    OF_USES.forEach(
        property -> Optional.ofNullable(event.get(property)).ifPresent(v -> read.put(property, v)));
    return event.withProperties(read);
  }

  /** Whether the customer's health is scored at once after events like this one. */
  public static boolean isScoredAtOnce(Event event) {
    String type = event.type();
    return type.startsWith("payment.")
        || type.startsWith("subscription.")
        || type.startsWith("ticket.");
  }

  /**
   * Whether patterns of customers are shown the event.
   *
   * @param isFirstOfDay whether it is the first of its kind on its local day
   */
  public static boolean isMatched(Event event, boolean isFirstOfDay) {
    return switch (event.type()) {
      case "api.request", "feature.used", "error.raised" -> isFirstOfDay;
      case "auth.succeeded", InternalEvents.MRR_MOVED -> false;
      default -> true;
    };
  }

  /**
   * The event as patterns of customers see it.
   *
   * @param knownAt how far event time has come
   */
  public static CustomerEvent matched(Event event, Customer customer, Instant knownAt) {
    return new CustomerEvent(
        event.customerId(),
        event.source() + '|' + event.id(),
        event.time(),
        knownAt,
        event.type(),
        customer.profile().companyName(),
        customer.profile().plan(),
        customer.mrr(),
        shown(event));
  }

  private static Map<String, String> shown(Event event) {
    Map<String, String> shown = new HashMap<>();
    for (String name : CustomerEvent.PROPERTIES) {
      String value = event.get(name);
      if (value != null) {
        shown.put(name, value);
      }
    }
    return shown;
  }

  /**
   * Tells that a customer was scored.
   *
   * @param scheduled whether at midnight, and not because of something that happened
   */
  public static Event scored(CustomerHealth row, Predictions predictions, boolean scheduled) {
    CustomerSnapshot customer = row.customer();
    HealthScore health = row.health();
    Map<String, String> properties = new HashMap<>();
    properties.put("scheduled", Boolean.toString(scheduled));
    properties.put("score", Integer.toString(health.score()));
    properties.put("category", health.category().label());
    properties.put("segment", predictions.segment());
    properties.put(
        "churn_probability", BigDecimal.valueOf(predictions.churnProbability()).toPlainString());
    properties.put("churn_risk", predictions.churnRisk());
    if (predictions.lifetimeValue() != null) {
      properties.put("lifetime_value", predictions.lifetimeValue().toPlainString());
    }
    properties.put("mrr", customer.mrr().toPlainString());
    properties.put("opening_mrr", customer.openingMrr().toPlainString());
    properties.put("plan", customer.plan());
    properties.put("tier", customer.tier());
    properties.put("country", customer.country());
    for (HealthPart part : HealthPart.values()) {
      properties.put(
          part.word() + "_points", BigDecimal.valueOf(health.points(part)).toPlainString());
    }
    properties.put("open_tickets", Integer.toString(customer.openTickets()));
    return derived(
        InternalEvents.CUSTOMER_SCORED,
        row.id() + '|' + row.version() + (scheduled ? "|scheduled" : ""),
        row.customerId(),
        customer,
        properties);
  }

  /** Tells that a customer's health is called otherwise than before. */
  public static Event transitioned(CustomerTransition row, CustomerSnapshot customer) {
    Map<String, String> properties = new HashMap<>();
    properties.put("from_category", row.before().category().label());
    properties.put("to_category", row.after().category().label());
    properties.put("score_before", Integer.toString(row.before().score()));
    properties.put("score_after", Integer.toString(row.after().score()));
    properties.put("segment", row.segment());
    properties.put("reason", row.reason());
    properties.put("mrr", customer.mrr().toPlainString());
    properties.put("plan", customer.plan());
    properties.put("tier", customer.tier());
    properties.put("country", customer.country());
    return derived(
        InternalEvents.CUSTOMER_TRANSITIONED,
        row.customerId() + '|' + row.time().toEpochMilli() + '|' + row.version() + "|transition",
        row.customerId(),
        customer,
        properties);
  }

  private static long versionOfLedger(Event event) {
    String version =
        event.type().equals(InternalEvents.MRR_MOVED)
            ? event.get(SubscriptionEvents.VERSION)
            : null;
    return version == null ? 0 : Long.parseLong(version);
  }

  private static Event derived(
      String type,
      String id,
      String customerId,
      CustomerSnapshot customer,
      Map<String, String> properties) {
    return Event.ofStage(SOURCE, id, type, customer.asOf(), customerId, properties);
  }
}
