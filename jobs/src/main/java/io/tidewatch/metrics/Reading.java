package io.tidewatch.metrics;

import io.tidewatch.event.Event;

/**
 * What one event gives to one input, read once for all its windows and series.
 *
 * @param event null where the aggregate is a count
 * @param number null where the aggregate is not of a number
 * @param hash of the text, where the aggregate counts different ones
 */
record Reading(Event event, Decimal number, long hash) {

  /** Of an event of which nothing counts but that it is there. */
  static final Reading PRESENT = new Reading(null, null, 0);
}
