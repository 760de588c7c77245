package io.tidewatch.rules.stream;

import static io.tidewatch.rules.SeriesOfWindows.at;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.tidewatch.alert.Alert;
import io.tidewatch.metric.MetricWindow;
import io.tidewatch.rules.Firing;
import io.tidewatch.rules.MetricBacktest;
import io.tidewatch.rules.MetricRule;
import io.tidewatch.rules.SeriesOfWindows;
import io.tidewatch.rules.TestRules;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The operator of the job and a backtest, on the same windows of two series with gaps. */
class MetricBacktestTest {

  private static final Instant BEGIN = at("00:00");
  private static final Duration PLAYED = Duration.ofDays(12);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "condition: {above: 70}",
        "condition: {above: 60, minimum_samples: 50}|for: 2|resolve_after: 3",
        "condition: {below: 20}|missing: zero|for: 3",
        "condition: {absent: 5h}",
        "condition: {change: {below_ratio: 0.3}}",
        "condition: {baseline: {of: same_hour, days: 5, above_ratio: 1.5}}|for: 2",
        "condition: {baseline: {of: same_weekday_hour, days: 7, minimum_history: 1, above_by: 30}}",
        "condition: {above: 90}|early: true"
      })
  void comeToTheSameAlerts(String lines) throws Exception {
    List<String> all =
        new ArrayList<>(List.of("metric: api_requests", "window: 1h", "by: [endpoint]"));
    Collections.addAll(all, lines.split("\\|"));
    MetricRule rule = TestRules.rule(MetricRule.class, all.toArray(String[]::new));
    List<MetricWindow> windows = windows();
    List<Alert> live = live(rule, windows);

    MetricBacktest backtest = new MetricBacktest(rule, ZoneOffset.UTC);
    windows.forEach(backtest::onWindow);
    List<Alert> backtested = backtest.alertsUntil(BEGIN.plus(PLAYED));
    assertThat(backtested).containsExactlyInAnyOrderElementsOf(live).isNotEmpty();
    assertThat(Firing.of(backtested))
        .extracting(Firing::firedAt)
        .isSorted()
        .hasSize((int) live.stream().map(Alert::id).distinct().count());
  }

  /** Windows are open together while the watermark lags behind what provisional rows tell. */
  @Test
  void earlyAlertsAreThoseOfABacktestHoweverOpenWindowsOverlap() throws Exception {
    MetricRule rule =
        TestRules.rule(
            MetricRule.class,
            "metric: api_requests",
            "window: 1h",
            "by: [endpoint]",
            "condition: {above: 50}",
            "early: true");
    Random random = new Random(5);
    List<MetricWindow> rows = new ArrayList<>();
    for (MetricWindow window : windows()) {
      int opened = rows.size();
      while (opened > 0
          && !rows.get(opened - 1).windowEnd().isBefore(window.windowStart())
          && random.nextInt(5) > 0) {
        opened--;
      }
      rows.addAll(opened, List.of(open(window, random.nextInt(100)), open(window, 100)));
      rows.add(window);
    }
    MetricBacktest backtest = new MetricBacktest(rule, ZoneOffset.UTC);
    windows().forEach(backtest::onWindow);
    assertThat(live(rule, rows))
        .extracting(Alert::id, Alert::startedAt, Alert::endedAt, Alert::version)
        .containsExactlyInAnyOrderElementsOf(
            backtest.alertsUntil(BEGIN.plus(PLAYED)).stream()
                .map(
                    alert -> tuple(alert.id(), alert.startedAt(), alert.endedAt(), alert.version()))
                .toList());
  }

  /** The window when a part of its events had come. */
  private static MetricWindow open(MetricWindow window, int percent) {
    return new MetricWindow(
        window.metric(),
        window.window(),
        window.series(),
        window.windowStart(),
        window.windowEnd(),
        window.dims(),
        window.value() * percent / 100,
        null,
        window.samples(),
        false,
        window.version() - 1);
  }

  /** In the order of their ends. */
  private static List<MetricWindow> windows() {
    Random random = new Random(11);
    List<MetricWindow> windows = new ArrayList<>();
    for (int hour = 0; hour < PLAYED.toHours(); hour++) {
      for (String endpoint : List.of("/a", "/b")) {
        boolean isSilent = hour % 90 > 75 || random.nextInt(6) == 0;
        if (!isSilent) {
          Instant start = BEGIN.plus(Duration.ofHours(hour));
          windows.add(
              SeriesOfWindows.hours("api_requests")
                  .of("endpoint=" + endpoint)
                  .closed(start, random.nextInt(100), random.nextInt(100)));
        }
      }
    }
    return windows;
  }

  private static List<Alert> live(MetricRule rule, List<MetricWindow> windows) throws Exception {
    try (WatchWindowsHarness harness = new WatchWindowsHarness(rule)) {
      harness.open();
      for (MetricWindow window : windows) {
        long end = window.windowEnd().toEpochMilli();
        if (!window.isFinal()) {
          harness.processWatermark1(lagging(window.windowStart()));
        }
        harness.processElement1(window, end - 1);
        if (window.isFinal()) {
          // it moves in steps that have nothing to do with windows
          harness.processWatermark1(lagging(window.windowEnd()));
        }
      }
      harness.processWatermark1(new Watermark(BEGIN.plus(PLAYED).toEpochMilli() - 1));
      return harness.extractOutputValues();
    }
  }

  private static Watermark lagging(Instant time) {
    return new Watermark(time.minus(Duration.ofMinutes(25)).toEpochMilli());
  }
}
