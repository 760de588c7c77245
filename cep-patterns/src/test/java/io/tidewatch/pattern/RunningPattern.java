package io.tidewatch.pattern;

import io.tidewatch.alert.Alert;
import java.util.List;

/**
 * The operators of one rule as in the job.
 *
 * @param <E> what they are fed
 */
public interface RunningPattern<E> extends AutoCloseable {

  /** Operators that begin, anew or where others were. */
  @FunctionalInterface
  interface Start<E> {
    RunningPattern<E> run() throws Exception;
  }

  void feed(E element) throws Exception;

  /** Everything up to this time has come. */
  void advanceTo(long watermark) throws Exception;

  List<Alert> alerts();

  /** What a checkpoint keeps, to begin from there. */
  Start<E> checkpoint() throws Exception;

  /** Entries of state and timers in all operators. */
  int remains() throws Exception;
}
