package io.tidewatch.local.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class StandstillTest {

  private static final Instant MONDAY = Instant.parse("2026-01-05T00:00:00Z");

  private final SetClock clock = new SetClock();
  private final Standstill standstill = new Standstill(clock, Duration.ofMinutes(5));

  @Test
  void whatGetsOnSlowlyDoesNotStandStill() {
    for (int i = 0; i < 10; i++) {
      assertThat(standstill.at(MONDAY.plusSeconds(i))).isFalse();
      clock.passes(Duration.ofMinutes(4));
    }
  }

  @Test
  void whatNeverBeginsStandsStill() {
    clock.passes(Duration.ofSeconds(299));
    assertThat(standstill.at(Instant.MIN)).isFalse();
    clock.passes(Duration.ofSeconds(1));
    assertThat(standstill.at(Instant.MIN)).isTrue();
  }

  @Test
  void whatFallsBackAndComesToTheSamePlaceAgainAndAgainStandsStill() {
    assertThat(standstill.at(MONDAY)).isFalse();
    clock.passes(Duration.ofMinutes(3));
    assertThat(standstill.at(MONDAY.minusSeconds(60))).isFalse();
    clock.passes(Duration.ofMinutes(2));
    assertThat(standstill.at(MONDAY)).isTrue();
    assertThat(standstill.at(MONDAY.plusMillis(1))).isFalse();
  }

  private static final class SetClock extends Clock {

    private Instant now = Instant.parse("2026-03-01T12:00:00Z");

    void passes(Duration time) {
      now = now.plus(time);
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
}
