package io.tidewatch.time;

import java.io.Serializable;

/** Whether anything that was written to a partition still waits to be read. */
@FunctionalInterface
public interface Backlog extends Serializable {

  /**
   * True only if everything in the partition has been read; false while that isn't known.
   *
   * @param position how far it has been read; null for a partition that has given no record yet
   */
  boolean isDrained(Position position);
}
