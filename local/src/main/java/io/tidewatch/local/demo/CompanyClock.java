package io.tidewatch.local.demo;

import java.time.Duration;
import java.time.Instant;

/**
 * What time it is in the company.
 *
 * <p>One that is to live faster than we do lags behind until it does; then it comes nearer to the
 * present, and goes on at our pace when it is there: event time is never in the future.
 *
 * @param wallStart when the company's time was {@code companyStart}
 * @param speed how many times as fast as we it lives from then on
 */
record CompanyClock(Instant wallStart, Instant companyStart, double speed) {

  /** At our pace, so far behind that a company gets to the present in that time at that speed. */
  static CompanyClock lagging(Instant now, double speed, Duration time) {
    return new CompanyClock(now, now.minus(times(time, speed - 1)), 1);
  }

  /** The same up to then, and faster afterwards. */
  CompanyClock fasterFrom(Instant wall, double speed) {
    return new CompanyClock(wall, at(wall), speed);
  }

  Instant at(Instant wall) {
    Instant fast = companyStart.plus(times(Duration.between(wallStart, wall), speed));
    return fast.isBefore(wall) ? fast : wall;
  }

  /** When it was, or will be, that time in the company. */
  Instant wallAt(Instant company) {
    Duration lived = Duration.between(companyStart, company);
    Instant fast = wallStart.plus(times(lived, 1 / speed));
    // in the present its time is ours
    return fast.isBefore(company) ? company : fast;
  }

  private static Duration times(Duration duration, double factor) {
    return Duration.ofMillis(Math.round(duration.toMillis() * factor));
  }
}
