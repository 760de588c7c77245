package io.tidewatch.pattern.cep;

import java.io.Serializable;

/** Knows when an element happened. */
@FunctionalInterface
public interface ElementClock<E> extends Serializable {

  /** Event time, epoch milliseconds. */
  long timeOf(E element);
}
