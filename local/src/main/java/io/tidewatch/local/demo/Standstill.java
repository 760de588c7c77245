package io.tidewatch.local.demo;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** Notices that something has not got on for too long. */
final class Standstill {

  private final Clock clock;
  private final Duration tolerated;
  private Instant furthest = Instant.MIN;
  private Instant since;

  Standstill(Clock clock, Duration tolerated) {
    this.clock = clock;
    this.tolerated = tolerated;
    this.since = clock.instant();
  }

  /**
   * Whether it stands still.
   *
   * @param reached how far it has got; to fall back and get there again is no progress
   */
  boolean at(Instant reached) {
    if (reached.isAfter(furthest)) {
      furthest = reached;
      since = clock.instant();
    }
    return Duration.between(since, clock.instant()).compareTo(tolerated) >= 0;
  }
}
