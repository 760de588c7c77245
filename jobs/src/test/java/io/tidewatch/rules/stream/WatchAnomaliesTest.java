package io.tidewatch.rules.stream;

import static io.tidewatch.rules.SeriesOfWindows.at;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.alert.Alert;
import io.tidewatch.alert.AlertStatus;
import io.tidewatch.alert.Evidence;
import io.tidewatch.alert.Resolution;
import io.tidewatch.metric.MetricWindow;
import io.tidewatch.rules.MetricRule;
import io.tidewatch.rules.SeriesOfWindows;
import io.tidewatch.rules.TestRules;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Five weeks with a rhythm, and then an odd Monday. */
class WatchAnomaliesTest {

  private static final SeriesOfWindows REQUESTS = SeriesOfWindows.hours("api_requests");
  private static final Instant MONDAY = at("00:00");
  private static final Duration LEARNT = Duration.ofDays(35);

  @AutoClose private WatchWindowsHarness harness;

  @Test
  void firesOnAnOddHourAndSaysWhatWasExpected() throws Exception {
    watch(rule("{anomaly: {}}"));
    learn();
    play(usual(9));
    assertThat(alerts()).isEmpty();

    play(REQUESTS.closed("10:00", 100));
    assertThat(alerts()).hasSize(1);
    Alert alert = alerts().get(0);
    assertThat(alert.startedAt()).isEqualTo(at("11:00"));
    assertThat(alert.figures().value()).isEqualTo(100);
    assertThat(alert.figures().baseline()).isBetween(480.0, 520.0);
    assertThat(alert.figures().threshold()).isBetween(300.0, 480.0);
    Evidence evidence = alert.evidence().get(0);
    assertThat(evidence.low()).isEqualTo(alert.figures().threshold());
    assertThat(evidence.high()).isGreaterThan(500);
    assertThat(alert.summary())
        .matches(
            "api_requests from 10:00 to 11:00 on 2 Mar: 100; [\\d.]+–[\\d.]+ expected for Monday"
                + " 10:00\\.");
  }

  @Test
  void staysWhileItIsOddAndEndsWithTheFirstExpectedWindow() throws Exception {
    watch(rule("{anomaly: {side: below}}"));
    learn();
    for (int hour = 9; hour < 15; hour++) {
      play(window(hour, 100));
    }
    assertThat(alerts()).singleElement().extracting(Alert::status).isEqualTo(AlertStatus.FIRING);
    play(usual(15));
    assertThat(alerts()).hasSize(2);
    assertThat(alerts().get(1).resolution()).isEqualTo(Resolution.RECOVERED);
    assertThat(alerts().get(1).endedAt()).isEqualTo(at("16:00"));
  }

  @Test
  void theOtherSideIsNoNews() throws Exception {
    watch(rule("{anomaly: {side: above}}"));
    learn();
    play(window(9, 100));
    assertThat(alerts()).isEmpty();
    play(window(12, 2000));
    assertThat(alerts()).hasSize(1);
  }

  @Test
  void fewEventsTeachButGiveNoAlert() throws Exception {
    watch(rule("{anomaly: {minimum_samples: 101}}"));
    learn();
    play(window(9, 5000));
    assertThat(alerts()).isEmpty();
    play(REQUESTS.closed("12:00", 5000, 101));
    assertThat(alerts()).as("it was learnt that such values are").isEmpty();
  }

  @Test
  void eachSeriesHasItsOwn() throws Exception {
    watch(
        TestRules.rule(
            MetricRule.class,
            "metric: api_requests",
            "window: 1h",
            "by: [endpoint]",
            "condition: {anomaly: {}}"));
    learn(REQUESTS.of("endpoint=/a"), 1);
    learn(REQUESTS.of("endpoint=/b"), 10);
    play(REQUESTS.of("endpoint=/a").closed("10:00", 5000));
    play(REQUESTS.of("endpoint=/b").closed("10:00", 5000));
    assertThat(alerts()).singleElement().extracting(Alert::series).isEqualTo("endpoint=/a");
  }

  @Test
  void goesOnFromASnapshotOfRocksDb() throws Exception {
    MetricRule rule = rule("{anomaly: {}}");
    harness = WatchWindowsHarness.onRocksDb(rule);
    harness.open();
    learn();
    harness = harness.continuedBy(WatchWindowsHarness.onRocksDb(rule));
    play(window(10, 100));
    assertThat(alerts()).hasSize(1);
  }

  @Test
  void forgetsASeriesThatWasSilentForFiveWeeks() throws Exception {
    watch(rule("{anomaly: {}}"));
    learn();
    eventTimeReaches(at("09:00").plus(Duration.ofDays(34)));
    assertThat(harness.numKeyedStateEntries()).isPositive();
    eventTimeReaches(at("09:00").plus(Duration.ofDays(36)));
    assertThat(harness.numKeyedStateEntries()).isZero();
    assertThat(harness.numEventTimeTimers()).isZero();
  }

  @Test
  void twoWeeksAreLearntFirst() throws Exception {
    watch(rule("{anomaly: {}}"));
    for (int hour = 0; hour < 13 * 24; hour++) {
      play(window(hour, 100 + hour % 2));
    }
    play(window(13 * 24, 1000));
    assertThat(alerts()).isEmpty();
  }

  private void learn() throws Exception {
    learn(REQUESTS, 1);
  }

  private void learn(SeriesOfWindows series, double times) throws Exception {
    for (Instant hour = MONDAY.minus(LEARNT);
        hour.isBefore(at("09:00"));
        hour = hour.plus(Duration.ofHours(1))) {
      play(series.closed(hour, times * usual(hour)));
    }
    assertThat(alerts()).isEmpty();
  }

  private static MetricWindow usual(int hour) {
    Instant start = MONDAY.plus(Duration.ofHours(hour));
    return REQUESTS.closed(start, usual(start));
  }

  private static MetricWindow window(int hour, double value) {
    return REQUESTS.closed(MONDAY.plus(Duration.ofHours(hour)), value);
  }

  /** 500 by day, 100 at night, half of it at weekends; 3 % more or less. */
  private static double usual(Instant start) {
    ZonedDateTime time = start.atZone(ZoneOffset.UTC);
    double byDay = time.getHour() >= 8 && time.getHour() < 20 ? 500 : 100;
    double weekend = time.getDayOfWeek().getValue() > 5 ? 0.5 : 1;
    return byDay * weekend * (1 + 0.03 * Math.sin(time.toEpochSecond() / 3600.0));
  }

  private static MetricRule rule(String condition) {
    return TestRules.rule(
        MetricRule.class, "metric: api_requests", "window: 1h", "condition: " + condition);
  }

  private void watch(MetricRule rule) throws Exception {
    harness = new WatchWindowsHarness(rule);
    harness.open();
  }

  private void play(MetricWindow window) throws Exception {
    harness.processElement1(window, window.windowEnd().toEpochMilli() - 1);
    eventTimeReaches(window.windowEnd());
  }

  private void eventTimeReaches(Instant time) throws Exception {
    harness.processWatermark1(new Watermark(time.toEpochMilli() - 1));
  }

  private List<Alert> alerts() {
    return harness.extractOutputValues();
  }
}
