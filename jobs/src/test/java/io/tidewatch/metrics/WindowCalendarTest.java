package io.tidewatch.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WindowCalendarTest {

  private static final WindowCalendar UTC = calendar("UTC");
  private static final WindowCalendar BERLIN = calendar("Europe/Berlin");
  private static final WindowCalendar KOLKATA = calendar("Asia/Kolkata");

  @Test
  void alignsMinutesAndHours() {
    long instant = millis("2026-03-01T12:34:56.789Z");
    assertThat(UTC.window(WindowSize.ONE_MINUTE, instant))
        .isEqualTo(window("1m", "2026-03-01T12:34:00Z", "2026-03-01T12:35:00Z"));
    assertThat(UTC.window(WindowSize.FIVE_MINUTES, instant))
        .isEqualTo(window("5m", "2026-03-01T12:30:00Z", "2026-03-01T12:35:00Z"));
    assertThat(UTC.window(WindowSize.FIFTEEN_MINUTES, instant))
        .isEqualTo(window("15m", "2026-03-01T12:30:00Z", "2026-03-01T12:45:00Z"));
    assertThat(UTC.window(WindowSize.THIRTY_MINUTES, instant))
        .isEqualTo(window("30m", "2026-03-01T12:30:00Z", "2026-03-01T13:00:00Z"));
    assertThat(UTC.window(WindowSize.ONE_HOUR, instant))
        .isEqualTo(window("1h", "2026-03-01T12:00:00Z", "2026-03-01T13:00:00Z"));
  }

  @Test
  void startsAtTheInstantAndEndsBeforeTheNext() {
    assertThat(UTC.window(WindowSize.ONE_HOUR, millis("2026-03-01T12:00:00Z")).startMillis())
        .isEqualTo(millis("2026-03-01T12:00:00Z"));
    assertThat(UTC.window(WindowSize.ONE_HOUR, millis("2026-03-01T11:59:59.999Z")).endMillis())
        .isEqualTo(millis("2026-03-01T12:00:00Z"));
    assertThat(UTC.window(WindowSize.ONE_HOUR, -1))
        .isEqualTo(window("1h", "1969-12-31T23:00:00Z", "1970-01-01T00:00:00Z"));
  }

  @Test
  void alignsHoursToALocalHalfHour() {
    // 12:10 UTC is 17:40 in Kolkata, whose hour from 17:00 began at 11:30 UTC.
    assertThat(KOLKATA.window(WindowSize.ONE_HOUR, millis("2026-03-01T12:10:00Z")))
        .isEqualTo(window("1h", "2026-03-01T11:30:00Z", "2026-03-01T12:30:00Z"));
    assertThat(KOLKATA.window(WindowSize.ONE_DAY, millis("2026-03-01T12:10:00Z")))
        .isEqualTo(window("1d", "2026-02-28T18:30:00Z", "2026-03-01T18:30:00Z"));
  }

  @Test
  void makesADayOfTwentyThreeHoursWhenTheClocksGoForward() {
    TimeWindow day = BERLIN.window(WindowSize.ONE_DAY, millis("2026-03-29T10:00:00Z"));
    // Midnight is 23:00 UTC in winter and 22:00 UTC in summer.
    assertThat(day).isEqualTo(window("1d", "2026-03-28T23:00:00Z", "2026-03-29T22:00:00Z"));
    assertThat(hours(day)).isEqualTo(23);
    assertThat(BERLIN.day(millis("2026-03-29T22:00:00Z")).startMillis()).isEqualTo(day.endMillis());
  }

  @Test
  void makesADayOfTwentyFiveHoursWhenTheClocksGoBack() {
    TimeWindow day = BERLIN.window(WindowSize.ONE_DAY, millis("2026-10-25T10:00:00Z"));
    assertThat(day).isEqualTo(window("1d", "2026-10-24T22:00:00Z", "2026-10-25T23:00:00Z"));
    assertThat(hours(day)).isEqualTo(25);
  }

  @Test
  void keepsTheTwoHoursApartThatTheClocksRepeat() {
    // 02:30 summer time, then 02:30 winter time.
    assertThat(BERLIN.window(WindowSize.ONE_HOUR, millis("2026-10-25T00:30:00Z")))
        .isEqualTo(window("1h", "2026-10-25T00:00:00Z", "2026-10-25T01:00:00Z"));
    assertThat(BERLIN.window(WindowSize.ONE_HOUR, millis("2026-10-25T01:30:00Z")))
        .isEqualTo(window("1h", "2026-10-25T01:00:00Z", "2026-10-25T02:00:00Z"));
  }

  @Test
  void beginsADayAfterTheGapWhereMidnightIsSkipped() {
    // In Beirut on 2026-03-29 the clocks go from 00:00 to 01:00.
    TimeWindow day = calendar("Asia/Beirut").day(millis("2026-03-29T10:00:00Z"));
    assertThat(day).isEqualTo(window("1d", "2026-03-28T22:00:00Z", "2026-03-29T21:00:00Z"));
  }

  @Test
  void findsEveryRollingWindowOfAnInstant() {
    List<TimeWindow> windows = BERLIN.rolling(7, millis("2026-03-28T12:00:00Z"));
    assertThat(windows).hasSize(7);
    assertThat(windows.get(0)) // 22 to 28 March, all winter
        .isEqualTo(window("7d", "2026-03-21T23:00:00Z", "2026-03-28T23:00:00Z"));
    assertThat(windows.get(1)) // 23 to 29 March, 167 hours
        .isEqualTo(window("7d", "2026-03-22T23:00:00Z", "2026-03-29T22:00:00Z"));
    assertThat(windows.get(6)) // 28 March to 3 April
        .isEqualTo(window("7d", "2026-03-27T23:00:00Z", "2026-04-03T22:00:00Z"));
    assertThat(BERLIN.rollingUntil(7, millis("2026-03-28T12:00:00Z"))).isEqualTo(windows.get(0));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "UTC",
        "Europe/Berlin",
        "America/New_York",
        "Asia/Kathmandu",
        "Australia/Lord_Howe"
      })
  void alwaysContainsTheInstantHoweverTimeJumps(String zone) {
    WindowCalendar calendar = calendar(zone);
    Random random = new Random(3);
    long start = millis("2025-01-01T00:00:00Z");
    for (int i = 0; i < 20_000; i++) {
      long instant = start + (long) (random.nextDouble() * Duration.ofDays(700).toMillis());
      for (WindowSize size : WindowSize.values()) {
        TimeWindow window = calendar.window(size, instant);
        assertThat(window.contains(instant)).isTrue();
        assertThat(window).isEqualTo(calendar(zone).window(size, instant));
      }
      int days = 2 + random.nextInt(2);
      assertThat(calendar.rolling(days, instant))
          .hasSize(days)
          .allMatch(window -> window.contains(instant))
          .isEqualTo(calendar(zone).rolling(days, instant));
    }
  }

  private static long hours(TimeWindow window) {
    return Duration.ofMillis(window.endMillis() - window.startMillis()).toHours();
  }

  private static TimeWindow window(String name, String start, String end) {
    return new TimeWindow(name, millis(start), millis(end));
  }

  private static long millis(String instant) {
    return Instant.parse(instant).toEpochMilli();
  }

  private static WindowCalendar calendar(String zone) {
    return new WindowCalendar(ZoneId.of(zone));
  }
}
