package io.tidewatch.local.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
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
}
