package io.tidewatch.alert;

import java.time.Instant;

/**
 * One window or event that made an alert.
 *
 * @param name the metric, or the event's type
 * @param id the window's size ({@code 1h}), or the event's id
 * @param from where the window begins, or the event's time
 * @param to where the window ends; null for an event
 * @param value what was measured; null for an event without a value
 * @param expected what it was compared with; null if with nothing
 * @param low the least that would have been no breach; null if nothing is too little
 * @param high the most that would have been no breach; null if nothing is too much
 */
public record Evidence(
    String name,
    String id,
    Instant from,
    Instant to,
    Double value,
    Double expected,
    Double low,
    Double high) {

  /** Evidence of which nothing is known that would have been no breach. */
  public Evidence(String name, String id, Instant from, Instant to, Double value, Double expected) {
    this(name, id, from, to, value, expected, null, null);
  }
}
