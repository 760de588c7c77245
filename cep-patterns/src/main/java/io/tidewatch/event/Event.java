package io.tidewatch.event;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.function.Function;

/**
 * One thing that happened in the business, as ingest accepted it or as a stage derived it.
 *
 * <p>Absent values are null. {@code properties} holds flattened JSON: numbers in plain decimal
 * notation, booleans as {@code true}/{@code false}, arrays as JSON text. {@code amount} (major
 * units of {@code currency}) lives in its own component and not among the properties.
 *
 * @param source name of the configured source; with {@code id} it identifies the event
 * @param id unique within the source
 * @param type a name of the catalogue, or the producer's own
 * @param time event time
 * @param receivedAt timestamp of the Kafka record that brought it
 * @param derived true for events that a stage made; they are neither facts nor counted as read
 * @param watermark event-time progress when ingest decided on lateness, epoch milliseconds: the
 *     event counts in each window whose end plus the allowed lateness is after it
 */
public record Event(
    String source,
    String id,
    String type,
    Instant time,
    Instant receivedAt,
    String customerId,
    String userId,
    String anonymousId,
    String sessionId,
    BigDecimal amount,
    String currency,
    Map<String, String> properties,
    boolean derived,
    long watermark) {

  /** The watermark of an event that is late for nothing. */
  public static final long NEVER_LATE = Long.MIN_VALUE;

  /**
   * An event that a stage made; it is late for nothing.
   *
   * @param time when it happened, and was known
   * @param customerId null if it is of none
   */
  public static Event ofStage(
      String source,
      String id,
      String type,
      Instant time,
      String customerId,
      Map<String, String> properties) {
    return new Event(
        source,
        id,
        type,
        time,
        time,
        customerId,
        null,
        null,
        null,
        null,
        null,
        properties,
        true,
        NEVER_LATE);
  }

  /**
   * A top-level key or property as text, by the name that metrics and rules use; null if absent.
   */
  public String get(String name) {
    return reader(name).apply(this);
  }

  /** What reads that name from events, for whoever reads it often; see {@link #get}. */
  public static Function<Event, String> reader(String name) {
    return switch (name) {
      case "amount" -> event -> event.amount == null ? null : event.amount.toPlainString();
      case "currency" -> Event::currency;
      case "customer_id" -> Event::customerId;
      case "user_id" -> Event::userId;
      case "anonymous_id" -> Event::anonymousId;
      case "session_id" -> Event::sessionId;
      case "source" -> Event::source;
      case "type" -> Event::type;
      default -> event -> event.properties.get(name);
    };
  }

  /**
   * The customer of all events with the same values of these; null if they may be of several.
   *
   * @param dimensions names as in {@link #get}
   */
  public String customerBy(Collection<String> dimensions) {
    return dimensions.contains("customer_id") || dimensions.contains("user_id") ? customerId : null;
  }

  /**
   * Whether it came too late for a window.
   *
   * <p>A watermark t says that everything up to and including t has come, so event time stands just
   * after it.
   *
   * @param windowEnd exclusive, epoch milliseconds
   * @param allowedLateness milliseconds
   */
  public boolean isLateFor(long windowEnd, long allowedLateness) {
    return watermark != NEVER_LATE && windowEnd + allowedLateness <= watermark + 1;
  }

  public Event withWatermark(long watermark) {
    return with(amount, currency, properties, watermark);
  }

  public Event withMoney(BigDecimal amount, String currency) {
    return with(amount, currency, properties, watermark);
  }

  public Event withProperties(Map<String, String> properties) {
    return with(amount, currency, properties, watermark);
  }

  private Event with(
      BigDecimal amount, String currency, Map<String, String> properties, long watermark) {
    return new Event(
        source,
        id,
        type,
        time,
        receivedAt,
        customerId,
        userId,
        anonymousId,
        sessionId,
        amount,
        currency,
        properties,
        derived,
        watermark);
  }
}
