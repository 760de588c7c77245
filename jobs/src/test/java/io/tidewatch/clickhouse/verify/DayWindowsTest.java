package io.tidewatch.clickhouse.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.metrics.Aggregate;
import io.tidewatch.metrics.EventSelector;
import io.tidewatch.metrics.Formula;
import io.tidewatch.metrics.MetricDefinition;
import io.tidewatch.metrics.MetricInput;
import io.tidewatch.metrics.Unit;
import io.tidewatch.metrics.WindowSize;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;

class DayWindowsTest {

  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  @Test
  void aDayIsOneWindowFromMidnightToMidnight() {
    DayWindows day = windows(WindowSize.ONE_DAY, LocalDate.of(2026, 3, 29));

    assertThat(Instant.ofEpochMilli(day.firstStart())).isEqualTo("2026-03-28T23:00:00Z");
    assertThat(day.lastStart()).isEqualTo(day.firstStart());
    assertThat(Instant.ofEpochMilli(day.end())).isEqualTo("2026-03-29T22:00:00Z");
    assertThat(day.length()).isEqualTo(Long.toString(23 * 3_600_000L));
  }

  @Test
  void aRollingWindowEndsWithTheDay() {
    DayWindows week =
        DayWindows.of(metric(List.of(), List.of(7)), LocalDate.of(2026, 3, 31), BERLIN).get(0);

    assertThat(week.name()).isEqualTo("7d");
    assertThat(Instant.ofEpochMilli(week.firstStart())).isEqualTo("2026-03-24T23:00:00Z");
    assertThat(Instant.ofEpochMilli(week.end())).isEqualTo("2026-03-31T22:00:00Z");
  }

  @Test
  void hoursFollowTheOffsetOfTheirTime() {
    assertThat(windows(WindowSize.ONE_HOUR, LocalDate.of(2026, 1, 1)).start())
        .isEqualTo(
            "toUnixTimestamp64Milli(time) - positiveModulo(toUnixTimestamp64Milli(time) + 3600000,"
                + " 3600000)");
    assertThat(windows(WindowSize.ONE_HOUR, LocalDate.of(2026, 3, 29)).start())
        .contains("multiIf(toUnixTimestamp64Milli(time) < 1774746000000, 3600000, 7200000)");
  }

  private static DayWindows windows(WindowSize size, LocalDate day) {
    return DayWindows.of(metric(List.of(size), List.of()), day, BERLIN).get(0);
  }

  private static MetricDefinition metric(List<WindowSize> windows, List<Integer> rolling) {
    return new MetricDefinition(
        "events",
        Unit.COUNT,
        List.of(
            new MetricInput(
                "events",
                EventSelector.ANY,
                List.of(),
                new Aggregate(Aggregate.Function.COUNT, List.of()),
                null)),
        Formula.ofOnly("events"),
        List.of(),
        windows,
        rolling,
        false,
        MetricDefinition.DEFAULT_MAX_SERIES,
        Duration.ZERO);
  }
}
