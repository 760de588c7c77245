package io.tidewatch.intervals;

import io.tidewatch.event.Event;

/**
 * An event that starts or ends an interval.
 *
 * @param interval name of the interval's definition
 * @param key value of the property that start and end share
 */
public record IntervalEvent(String interval, String key, Event event) {

  /** Intervals are measured per definition and key. */
  public String partition() {
    return interval + '|' + key;
  }

  /** The interval's name in a {@link #partition}: names of metrics and inputs hold no bar. */
  public static String intervalOf(String partition) {
    return partition.substring(0, partition.indexOf('|'));
  }
}
