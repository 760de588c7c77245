package io.tidewatch.local.company;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;

/** An event while it is being described; it gets its id where it is told. */
final class Draft {

  private static final String CURRENCY = "EUR";

  private final String type;
  private final Instant time;
  private final Map<String, Object> properties = new LinkedHashMap<>();
  private String customerId;
  private String userId;
  private String anonymousId;
  private String sessionId;

  private Draft(Instant time, String type) {
    this.time = time.truncatedTo(ChronoUnit.MILLIS);
    this.type = type;
  }

  static Draft at(Instant time, String type) {
    return new Draft(time, type);
  }

  /** Another event of the same person, so much later. */
  Draft later(Duration delay, String laterType) {
    return at(time.plus(delay), laterType)
        .customer(customerId)
        .user(userId)
        .visitor(anonymousId)
        .session(sessionId);
  }

  Instant time() {
    return time;
  }

  Draft customer(String id) {
    customerId = id;
    return this;
  }

  Draft user(String id) {
    userId = id;
    return this;
  }

  Draft visitor(String id) {
    anonymousId = id;
    return this;
  }

  Draft session(String id) {
    sessionId = id;
    return this;
  }

  /** Adds a property, unless its value is null. */
  Draft with(String name, Object value) {
    if (value != null) {
      properties.put(name, value);
    }
    return this;
  }

  Draft amount(double amount) {
    return money("amount", amount).with("currency", CURRENCY);
  }

  Draft money(String name, double amount) {
    return with(
        name, BigDecimal.valueOf(amount).setScale(2, RoundingMode.HALF_EVEN).toPlainString());
  }

  CompanyEvent withId(String id) {
    return new CompanyEvent(id, type, time, customerId, userId, anonymousId, sessionId, properties);
  }
}
