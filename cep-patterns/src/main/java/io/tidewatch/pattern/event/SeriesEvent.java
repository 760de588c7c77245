package io.tidewatch.pattern.event;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;

/**
 * An event of one series; what patterns of events match.
 *
 * @param series as metrics name it
 * @param customerId null if it is of no single customer
 * @param eventId unique within its source
 * @param time event time
 * @param knownAt how far event time had come when it was read: {@code time}, but later for an event
 *     that came late
 * @param properties those that the pattern asks for
 */
public record SeriesEvent(
    String series,
    String customerId,
    String eventId,
    Instant time,
    Instant knownAt,
    String type,
    Map<String, String> properties) {

  public boolean is(String type) {
    return this.type.equals(type);
  }

  public boolean isLate() {
    return knownAt.isAfter(time);
  }

  /** A property of the event; null if it has none of that name. */
  public String get(String property) {
    return properties.get(property);
  }

  /** A property that is a number. */
  public BigDecimal number(String property) {
    return new BigDecimal(properties.get(property));
  }
}
