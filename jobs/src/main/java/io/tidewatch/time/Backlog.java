package io.tidewatch.time;

import java.io.Serializable;

/** Whether anything that was written to a source still waits to be read. */
@FunctionalInterface
public interface Backlog extends Serializable {

  /** True only if everything written so far has been read; false when that can't be known. */
  boolean isDrained();
}
