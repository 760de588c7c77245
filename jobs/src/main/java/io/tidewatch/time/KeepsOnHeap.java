package io.tidewatch.time;

import java.util.function.Consumer;

/** A function that keeps what belongs to keyed state on the heap for a while. */
public interface KeepsOnHeap {

  /**
   * Comes before anything else.
   *
   * @param currentKey makes a key the current one, so that state is that key's
   */
  void bindTo(Consumer<Object> currentKey);

  /** Writes all of it to state, before a checkpoint. */
  void writeBack() throws Exception;
}
