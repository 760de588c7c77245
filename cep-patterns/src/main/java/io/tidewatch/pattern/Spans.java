package io.tidewatch.pattern;

import java.time.Duration;

/** Time spans of patterns. */
public final class Spans {

  /**
   * A partial match is over when its time is up to the millisecond; what happens in the last moment
   * of a span is still within it.
   */
  private static final Duration LAST_MOMENT = Duration.ofMillis(1);

  private Spans() {}

  /** The time of a pattern whose last element is at most so long after its first. */
  public static Duration upTo(Duration span) {
    return span.plus(LAST_MOMENT);
  }
}
