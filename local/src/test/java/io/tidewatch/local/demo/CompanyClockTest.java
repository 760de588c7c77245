package io.tidewatch.local.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class CompanyClockTest {

  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

  @Test
  void goesWithOursAtOurPace() {
    CompanyClock clock = CompanyClock.lagging(NOON, 1, Duration.ofMinutes(10));
    assertThat(clock.at(NOON)).isEqualTo(NOON);
    assertThat(clock.at(NOON.plusSeconds(5))).isEqualTo(NOON.plusSeconds(5));
    assertThat(clock.fasterFrom(NOON, 1)).isEqualTo(clock);
    assertThat(clock.wallAt(NOON.plusSeconds(5))).isEqualTo(NOON.plusSeconds(5));
  }

  /** Five times as fast for 10 minutes: 50 minutes of life, so it is 40 minutes behind before. */
  @Test
  void howeverLongItsHistoryTakesItThenLivesFasterForTheWholeTimeAndNeverInTheFuture() {
    CompanyClock clock = CompanyClock.lagging(NOON, 5, Duration.ofMinutes(10));
    assertThat(clock.at(NOON)).isEqualTo("2026-03-01T11:20:00Z");
    assertThat(clock.at(NOON.plusSeconds(90))).isEqualTo("2026-03-01T11:21:30Z");

    Instant live = NOON.plusSeconds(90);
    CompanyClock faster = clock.fasterFrom(live, 5);
    assertThat(faster.at(live)).isEqualTo("2026-03-01T11:21:30Z");
    assertThat(faster.at(live.plusSeconds(60))).isEqualTo("2026-03-01T11:26:30Z");
    assertThat(faster.at(live.plusSeconds(600))).isEqualTo(live.plusSeconds(600));
    assertThat(faster.at(live.plusSeconds(900))).isEqualTo(live.plusSeconds(900));
  }

  /** Whatever milliseconds are rounded. */
  @Test
  void knowsOfAnyTimeWhenItWas() {
    CompanyClock clock = CompanyClock.lagging(NOON, 30, Duration.ofMinutes(1)).fasterFrom(NOON, 30);
    for (int millis = 0; millis < 120_000; millis += 7) {
      Instant wall = NOON.plusMillis(millis);
      assertThat(Duration.between(clock.wallAt(clock.at(wall)), wall).abs())
          .isLessThanOrEqualTo(Duration.ofMillis(1));
      assertThat(clock.wallAt(clock.at(wall).plusMillis(1)))
          .isBetween(wall.minusMillis(1), wall.plusMillis(1));
    }
  }

  @Test
  void knowsWhenItWasThatTimeInTheCompany() {
    CompanyClock clock = CompanyClock.lagging(NOON, 5, Duration.ofMinutes(10)).fasterFrom(NOON, 5);
    assertThat(clock.wallAt(Instant.parse("2026-03-01T11:25:00Z"))).isEqualTo(NOON.plusSeconds(60));
    assertThat(clock.wallAt(Instant.parse("2026-03-01T12:15:00Z")))
        .isEqualTo(NOON.plusSeconds(900));
  }
}
