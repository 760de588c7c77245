package io.tidewatch.metrics;

import io.tidewatch.event.Event;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** Events as sentences: {@code event("ad.click").with("campaign", "spring").build()}. */
public final class TestEvents {

  public static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

  private static int nextId;

  private final String type;
  private final Map<String, String> properties = new HashMap<>();
  private String source = "test";
  private String id = "e" + nextId++;
  private Instant time = NOON;
  private String customerId;
  private String userId;
  private String anonymousId;
  private BigDecimal amount;
  private String currency;
  private boolean derived;

  private TestEvents(String type) {
    this.type = type;
  }

  public static TestEvents event(String type) {
    return new TestEvents(type);
  }

  public static Event payment(String amount) {
    return event("payment.succeeded").amount(amount, "EUR").build();
  }

  public TestEvents with(String property, String value) {
    properties.put(property, value);
    return this;
  }

  public TestEvents amount(String amount, String currency) {
    this.amount = new BigDecimal(amount);
    this.currency = currency;
    return this;
  }

  public TestEvents identity(String source, String id) {
    this.source = source;
    this.id = id;
    return this;
  }

  public TestEvents at(Instant time) {
    this.time = time;
    return this;
  }

  public TestEvents at(String time) {
    return at(Instant.parse(time));
  }

  public TestEvents customer(String customerId) {
    this.customerId = customerId;
    return this;
  }

  public TestEvents user(String userId) {
    this.userId = userId;
    return this;
  }

  public TestEvents anonymous(String anonymousId) {
    this.anonymousId = anonymousId;
    return this;
  }

  public TestEvents derived() {
    this.derived = true;
    return this;
  }

  public Event build() {
    return new Event(
        source,
        id,
        type,
        time,
        time,
        customerId,
        userId,
        anonymousId,
        null,
        amount,
        currency,
        Map.copyOf(properties),
        derived,
        Event.NEVER_LATE);
  }
}
