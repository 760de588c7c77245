package io.tidewatch.endtoend;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;

/** Waits for what must come true, and not a moment longer. */
public final class Patience {

  private static final Duration LOOK_EVERY = Duration.ofMillis(100);

  private Patience() {}

  /** Looks again and again; fails when it is not true by the deadline or looking fails then. */
  public static void await(String what, Duration atMost, Callable<Boolean> condition) {
    long deadline = System.nanoTime() + atMost.toNanos();
    Exception last = null;
    do {
      try {
        if (condition.call()) {
          return;
        }
        last = null;
      } catch (Exception notYet) {
        last = notYet;
      }
      LockSupport.parkNanos(LOOK_EVERY.toNanos());
    } while (System.nanoTime() < deadline);
    throw new AssertionError("not within %s: %s".formatted(atMost, what), last);
  }

  /** Looks again and again, until the time is over, that something stays true. */
  public static void hold(String what, Duration duration, Callable<Boolean> condition)
      throws Exception {
    long deadline = System.nanoTime() + duration.toNanos();
    while (System.nanoTime() < deadline) {
      if (!condition.call()) {
        throw new AssertionError("no longer: " + what);
      }
      LockSupport.parkNanos(LOOK_EVERY.toNanos());
    }
  }
}
