package io.tidewatch.time;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock that stands still until a test lets time pass. */
public final class SetClock extends Clock {

  private Instant now;

  public SetClock(String now) {
    this.now = Instant.parse(now);
  }

  public void passes(Duration time) {
    now = now.plus(time);
  }

  public void reaches(String time) {
    now = Instant.parse(time);
  }

  @Override
  public Instant instant() {
    return now;
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    throw new UnsupportedOperationException();
  }
}
