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
 */
public record Evidence(
    String name, String id, Instant from, Instant to, Double value, Double expected) {}
