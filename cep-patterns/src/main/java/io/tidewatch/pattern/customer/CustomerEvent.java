package io.tidewatch.pattern.customer;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Something that happened to a customer, with who it was then; what patterns of customers match.
 *
 * <p>These come, in event-time order: {@code customer.*}, {@code subscription.*}, {@code
 * payment.*}, {@code ticket.*}, {@code trial.*}, {@code customer.scored} and {@code
 * customer.transitioned}; and of each customer and local day the first {@code feature.used}, the
 * first {@code api.request}, the first of a server's error (status 500 and above), and the first
 * {@code error.raised}.
 *
 * @param eventId of the event, unique with its type
 * @param time event time
 * @param knownAt how far event time had come when this was told: {@code time}, but later for scores
 *     of midnight, which are made in the minutes after it, and for events that come late
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
    Instant knownAt,
    String type,
    String companyName,
    String plan,
    BigDecimal mrr,
    Map<String, String> properties) {

  private static final String SCORED = "customer.scored";
  private static final String VERDICT = "verdict";

  /** What scores tell, by their type. */
  private static final Map<String, String> SCORES =
      Map.of(SCORED, "score", "customer.transitioned", "score_after");

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

  public boolean is(String type) {
    return this.type.equals(type);
  }

  /** Whether it came behind the watermark: it can make good, but nothing begins with it. */
  public boolean isLate() {
    return knownAt.isAfter(time) && !SCORES.containsKey(type);
  }

  /** Whether the product was used. */
  public boolean isUse() {
    return is("api.request") || is("feature.used");
  }

  /** Whether nothing is paid any more. */
  public boolean isDeparture() {
    return is("subscription.canceled") && mrr.signum() == 0;
  }

  /** Whether a midnight has passed, with a score of it. */
  public boolean isMidnight() {
    return is(SCORED) && Boolean.parseBoolean(get("scheduled"));
  }

  /** This with what a pattern's thresholds make of it. */
  CustomerEvent judgedAs(Enum<?> verdict) {
    Map<String, String> more = new HashMap<>(properties);
    more.put(VERDICT, verdict.name());
    return new CustomerEvent(
        customerId, eventId, time, knownAt, type, companyName, plan, mrr, more);
  }

  /** Whether that is what a pattern's thresholds made of it. */
  boolean isJudged(Enum<?> verdict) {
    return verdict.name().equals(get(VERDICT));
  }

  /** The score or the money that it tells; null if it tells neither. */
  String figure() {
    return get(SCORES.getOrDefault(type, "amount"));
  }

  /** A property of the event as a number; 0 if it has none of that name. */
  public double number(String property) {
    String value = get(property);
    return value == null ? 0 : Double.parseDouble(value);
  }

  /** A property of the event; null if it has none of that name. */
  public String get(String property) {
    return properties.get(property);
  }
}
