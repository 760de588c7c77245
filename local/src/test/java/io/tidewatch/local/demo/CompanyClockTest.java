package io.tidewatch.local.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class CompanyClockTest {

  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

  @Test
  void liesWithTheWallClockAtItsPace() {
    CompanyClock clock = CompanyClock.started(NOON, 1, Duration.ofMinutes(10));
    assertThat(clock.at(NOON)).isEqualTo(NOON);
    assertThat(clock.at(NOON.plusSeconds(5))).isEqualTo(NOON.plusSeconds(5));
    assertThat(clock.wallAt(NOON.plusSeconds(5))).isEqualTo(NOON.plusSeconds(5));
  }

  /** Five times as fast for 10 minutes: 50 minutes of life, so it starts 40 minutes ago. */
  @Test
  void livesFasterUntilItIsInThePresentAndIsNeverInTheFuture() {
    CompanyClock clock = CompanyClock.started(NOON, 5, Duration.ofMinutes(10));
    assertThat(clock.at(NOON)).isEqualTo("2026-03-01T11:20:00Z");
    assertThat(clock.at(NOON.plusSeconds(60))).isEqualTo("2026-03-01T11:25:00Z");
    assertThat(clock.at(NOON.plusSeconds(600))).isEqualTo("2026-03-01T12:10:00Z");
    assertThat(clock.at(NOON.plusSeconds(900))).isEqualTo("2026-03-01T12:15:00Z");
  }

  @Test
  void knowsWhenItWasThatTimeInTheCompany() {
    CompanyClock clock = CompanyClock.started(NOON, 5, Duration.ofMinutes(10));
    assertThat(clock.wallAt(Instant.parse("2026-03-01T11:25:00Z"))).isEqualTo(NOON.plusSeconds(60));
    assertThat(clock.wallAt(Instant.parse("2026-03-01T12:15:00Z")))
        .isEqualTo(NOON.plusSeconds(900));
  }
}
