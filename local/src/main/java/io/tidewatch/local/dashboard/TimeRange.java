package io.tidewatch.local.dashboard;

import java.time.Duration;
import java.time.Instant;

/**
 * The time that a dashboard shows.
 *
 * @param to not before {@code from}
 */
public record TimeRange(Instant from, Instant to) {

  private static final Duration[] STEPS = {
    Duration.ofSeconds(1),
    Duration.ofSeconds(2),
    Duration.ofSeconds(5),
    Duration.ofSeconds(10),
    Duration.ofSeconds(15),
    Duration.ofSeconds(20),
    Duration.ofSeconds(30),
    Duration.ofMinutes(1),
    Duration.ofMinutes(2),
    Duration.ofMinutes(5),
    Duration.ofMinutes(10),
    Duration.ofMinutes(15),
    Duration.ofMinutes(20),
    Duration.ofMinutes(30),
    Duration.ofHours(1),
    Duration.ofHours(2),
    Duration.ofHours(3),
    Duration.ofHours(6),
    Duration.ofHours(12),
    Duration.ofDays(1),
    Duration.ofDays(7),
    Duration.ofDays(30),
    Duration.ofDays(365)
  };

  public TimeRange {
    if (to.isBefore(from)) {
      throw new IllegalArgumentException("the range ends at %s, before it begins".formatted(to));
    }
  }

  /**
   * How far apart points are when about so many of them are drawn: a round length of time, one
   * second or more.
   *
   * @param least no closer than this
   */
  public Duration interval(int points, Duration least) {
    Duration exact = Duration.between(from, to).dividedBy(Math.max(1, points));
    Duration round = STEPS[0];
    for (int i = 1; i < STEPS.length; i++) {
      if (exact.compareTo(STEPS[i - 1].plus(STEPS[i]).dividedBy(2)) >= 0) {
        round = STEPS[i];
      }
    }
    return round.compareTo(least) < 0 ? least : round;
  }
}
