package io.tidewatch.local.demo;

import java.time.Duration;
import java.time.Instant;

/**
 * What time it is in the company.
 *
 * <p>Where it lives faster than we do, it starts in the past, gets to the present after {@code
 * ahead} and goes on at our pace: event time is never in the future.
 *
 * @param wallStart when the clock was started
 * @param companyStart what time it was in the company then
 */
record CompanyClock(Instant wallStart, Instant companyStart, double speed) {

  static CompanyClock started(Instant now, double speed, Duration ahead) {
    return new CompanyClock(now, now.minus(times(ahead, speed - 1)), speed);
  }

  Instant at(Instant wall) {
    Instant fast = companyStart.plus(times(Duration.between(wallStart, wall), speed));
    return fast.isBefore(wall) ? fast : wall;
  }

  /** When it was, or will be, that time in the company. */
  Instant wallAt(Instant company) {
    Duration lived = Duration.between(companyStart, company);
    Instant fast = wallStart.plus(times(lived, 1 / speed));
    return at(fast).isBefore(company) ? company : fast;
  }

  private static Duration times(Duration duration, double factor) {
    return Duration.ofMillis(Math.round(duration.toMillis() * factor));
  }
}
