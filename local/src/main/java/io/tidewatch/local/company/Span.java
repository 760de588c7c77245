package io.tidewatch.local.company;

import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;

/** A stretch of time, without its end. */
record Span(Instant start, Instant end) {

  static Span of(Instant start, Duration length) {
    return new Span(start, start.plus(length));
  }

  Duration length() {
    return Duration.between(start, end);
  }

  /** So many times within the span, at random. */
  void scatter(double times, Dice dice, Consumer<Instant> what) {
    int count = (int) Math.round(times);
    for (int i = 0; i < count; i++) {
      what.accept(dice.within(start, length()));
    }
  }
}
