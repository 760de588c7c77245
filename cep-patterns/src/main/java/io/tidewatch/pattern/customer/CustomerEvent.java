package io.tidewatch.pattern.customer;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import java.util.Set;

/**
 * Something that happened to a customer, with who it was then; what patterns of customers match.
 *
 * <p>These come, in event-time order: {@code customer.*}, {@code subscription.*}, {@code
 * payment.*}, {@code ticket.*}, {@code trial.*}, {@code error.raised}, {@code api.request} of a
 * server's error (status 500 and above) and otherwise the first of each customer and local day, the
 * first {@code feature.used} of each customer and local day, {@code customer.scored} and {@code
 * customer.transitioned}.
 *
 * @param eventId of the event, unique with its type
 * @param time event time
 * @param type the event's type
 * @param companyName empty if nobody has told
 * @param plan empty if nobody has told
 * @param mrr what the customer pays per month, after the event
 * @param properties of the event, those of {@link #PROPERTIES} that it has
 */
public record CustomerEvent(
    String customerId,
    String eventId,
    Instant time,
    String type,
    String companyName,
    String plan,
    BigDecimal mrr,
    Map<String, String> properties) {

  /** The properties that come along, {@code amount} and {@code currency} included. */
  public static final Set<String> PROPERTIES =
      Set.of(
          "amount",
          "currency",
          "subscription_id",
          "plan",
          "status",
          "reason",
          "invoice_id",
          "failure_code",
          "ticket_id",
          "priority",
          "endpoint",
          "status_code",
          "service",
          "severity",
          "feature",
          "scheduled",
          "score",
          "category",
          "segment",
          "from_category",
          "to_category",
          "score_before",
          "score_after",
          "usage_points",
          "recency_points",
          "adoption_points",
          "payment_points",
          "support_points",
          "open_tickets",
          "churn_probability");

  /** A property of the event; null if it has none of that name. */
  public String get(String property) {
    return properties.get(property);
  }
}
