package io.tidewatch.time;

import java.io.Serializable;
import java.time.Instant;

/** Reads event time off the elements of a source. */
public interface EventClock<T> extends Serializable {

  /** No event time in this element. */
  long NONE = Long.MIN_VALUE;

  /** The greatest event time in the element, epoch milliseconds, or {@link #NONE}. */
  long timeOf(T element);

  /** The element's own timestamp, where that is not what event time goes by. */
  default long timestampOf(T element) {
    return timeOf(element);
  }

  /**
   * Event time that the producer vouches for: nothing older follows in this partition. Null for
   * ordinary elements.
   */
  Instant markOf(T element);

  /** How far the element's partition has been read with it; null where that doesn't matter. */
  default Position positionOf(T element) {
    return null;
  }
}
