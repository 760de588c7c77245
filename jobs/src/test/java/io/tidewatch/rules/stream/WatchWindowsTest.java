package io.tidewatch.rules.stream;

import static io.tidewatch.rules.SeriesOfWindows.at;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.tidewatch.alert.Alert;
import io.tidewatch.alert.AlertStatus;
import io.tidewatch.alert.Resolution;
import io.tidewatch.metric.MetricWindow;
import io.tidewatch.rules.MetricRule;
import io.tidewatch.rules.RuleMessage;
import io.tidewatch.rules.SeriesOfWindows;
import io.tidewatch.rules.TestRules;
import java.net.URL;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.util.OperatorSnapshotUtil;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Each test plays the windows of a morning; a window is judged when the watermark has passed it.
 */
class WatchWindowsTest {

  private static final SeriesOfWindows REQUESTS = SeriesOfWindows.minutes("api_requests");
  private static final SeriesOfWindows HOURLY = SeriesOfWindows.hours("api_requests");

  private WatchWindowsHarness harness;

  @AfterEach
  void close() throws Exception {
    if (harness != null) {
      harness.close();
    }
  }

  @Test
  void firesAtTheEndOfTheFirstWindowBeyondTheLimitAndResolvesAtTheFirstWithin() throws Exception {
    watch(minutely("{above: 10}"));
    play(REQUESTS.closed("10:00", 10), REQUESTS.closed("10:01", 11), REQUESTS.closed("10:02", 30));
    assertThat(alerts()).hasSize(1);
    Alert firing = alerts().get(0);
    assertThat(firing.status()).isEqualTo(AlertStatus.FIRING);
    assertThat(firing.startedAt()).isEqualTo(at("10:02"));
    assertThat(firing.id()).isEqualTo(Alert.idOf("watched", "", at("10:02")));
    assertThat(firing.figures().value()).isEqualTo(11);
    assertThat(firing.figures().threshold()).isEqualTo(10);
    assertThat(firing.summary())
        .isEqualTo("api_requests was 11 from 10:01 to 10:02 on 2 Mar; the limit is 10.");

    play(REQUESTS.closed("10:03", 10));
    Alert resolved = alerts().get(1);
    assertThat(resolved.status()).isEqualTo(AlertStatus.RESOLVED);
    assertThat(resolved.resolution()).isEqualTo(Resolution.RECOVERED);
    assertThat(resolved.endedAt()).isEqualTo(at("10:04"));
    assertThat(resolved.id()).isEqualTo(firing.id());
    assertThat(resolved.version()).isEqualTo(2);
    assertNothingIsKeptAfter(Duration.ofDays(1));
  }

  @Test
  void waitsForConsecutiveBreachesAndRecoveries() throws Exception {
    watch(minutely("{above: 10}", "for: 3", "resolve_after: 2"));
    play(REQUESTS.closed("10:00", 11), REQUESTS.closed("10:01", 11), REQUESTS.closed("10:02", 9));
    play(REQUESTS.closed("10:03", 11), REQUESTS.closed("10:04", 11));
    assertThat(alerts()).isEmpty();
    play(REQUESTS.closed("10:05", 11));
    assertThat(alerts()).singleElement().extracting(Alert::startedAt).isEqualTo(at("10:04"));
    assertThat(alerts().get(0).evidence()).hasSize(3);

    play(REQUESTS.closed("10:06", 9), REQUESTS.closed("10:07", 11), REQUESTS.closed("10:08", 9));
    assertThat(alerts()).hasSize(1);
    play(REQUESTS.closed("10:09", 9));
    assertThat(alerts().get(1).endedAt()).isEqualTo(at("10:09"));
  }

  @Test
  void missingWindowsNeitherExtendNorResetARun() throws Exception {
    watch(minutely("{above: 10}", "for: 2"));
    play(REQUESTS.closed("10:00", 11), REQUESTS.closed("10:20", 11));
    assertThat(alerts()).singleElement().extracting(Alert::startedAt).isEqualTo(at("10:01"));
  }

  @Test
  void judgesWindowsInTheirOrderHoweverTheyCome() throws Exception {
    watch(minutely("{above: 10}", "for: 2"));
    send(REQUESTS.closed("10:02", 11));
    send(REQUESTS.closed("10:00", 11));
    send(REQUESTS.closed("10:01", 9));
    eventTimeReaches(at("10:04"));
    assertThat(alerts()).isEmpty();
    send(REQUESTS.closed("10:03", 11));
    eventTimeReaches(at("10:05"));
    assertThat(alerts()).singleElement().extracting(Alert::startedAt).isEqualTo(at("10:03"));
  }

  @Test
  void correctionsNeitherOpenNorCloseAnAlert() throws Exception {
    watch(minutely("{above: 10}"));
    play(REQUESTS.closed("10:00", 9));
    send(REQUESTS.closed("10:00", 50));
    play(REQUESTS.closed("10:01", 12));
    send(REQUESTS.closed("10:01", 3));
    play(REQUESTS.closed("10:02", 13));
    assertThat(alerts()).singleElement().extracting(Alert::startedAt).isEqualTo(at("10:02"));
  }

  @Test
  void windowsOfFewEventsAreNotJudged() throws Exception {
    watch(minutely("{above: 10, minimum_samples: 20}"));
    play(REQUESTS.closed("10:00", 50, 19));
    assertThat(alerts()).isEmpty();
    play(REQUESTS.closed("10:01", 50, 20), REQUESTS.closed("10:02", 1, 19));
    assertThat(alerts()).singleElement().extracting(Alert::status).isEqualTo(AlertStatus.FIRING);
  }

  @Test
  void aSeriesThatFallsSilentIsNoData() throws Exception {
    watch(minutely("{above: 10}"));
    play(REQUESTS.closed("10:00", 11));
    eventTimeReaches(at("11:00"));
    assertThat(alerts()).hasSize(1);
    eventTimeReaches(at("11:01").plusMillis(1));
    assertThat(alerts().get(1).resolution()).isEqualTo(Resolution.NO_DATA);
    assertThat(alerts().get(1).endedAt()).isEqualTo(at("11:01"));
    assertThat(alerts().get(1).summary()).startsWith("no_data: ");
    assertNothingIsKeptAfter(Duration.ofHours(2));
  }

  @Test
  void aLongerWindowIsGivenThreeOfItsLengths() throws Exception {
    watch(hourly("{above: 10}"));
    play(HOURLY.closed("01:00", 11));
    eventTimeReaches(at("04:59"));
    assertThat(alerts()).hasSize(1);
    eventTimeReaches(at("05:01"));
    assertThat(alerts().get(1).resolution()).isEqualTo(Resolution.NO_DATA);
  }

  @Test
  void comparesWithTheWindowJustBefore() throws Exception {
    watch(hourly("{change: {below_ratio: 0.8}}"));
    play(HOURLY.closed("01:00", 100), HOURLY.closed("02:00", 80), HOURLY.closed("03:00", 63));
    assertThat(alerts()).singleElement().extracting(Alert::startedAt).isEqualTo(at("04:00"));
    assertThat(alerts().get(0).figures().baseline()).isEqualTo(80);
    // 0.8 × 80
    assertThat(alerts().get(0).figures().threshold()).isEqualTo(64);
    // the hour before the next is missing
    play(HOURLY.closed("05:00", 10));
    assertThat(alerts()).hasSize(1);
  }

  @Test
  void comparesWithTheMedianOfTheSameHour() throws Exception {
    watch(hourly("{baseline: {of: same_hour, days: 5, below_ratio: 0.7}}"));
    double[] days = {100, 5000, 90, 110, 80};
    for (int day = 0; day < days.length; day++) {
      play(HOURLY.closed(at("09:00").minus(Duration.ofDays(days.length - day)), days[day]));
      play(HOURLY.closed(at("10:00").minus(Duration.ofDays(days.length - day)), 1));
    }
    assertThat(alerts()).isEmpty();
    // the median of 80, 90, 100, 110, 5000 is 100
    play(HOURLY.closed("09:00", 69.9));
    assertThat(alerts()).hasSize(1);
    assertThat(alerts().get(0).figures().baseline()).isEqualTo(100);
    assertThat(alerts().get(0).summary())
        .isEqualTo(
            "api_requests was 69.9 from 09:00 to 10:00 on 2 Mar; usual is 100, the limit is 70.");
  }

  @Test
  void saysNothingWithoutEnoughHistory() throws Exception {
    watch(hourly("{baseline: {of: same_hour, days: 28, above_ratio: 2}}"));
    for (int day = 2; day >= 1; day--) {
      play(HOURLY.closed(at("09:00").minus(Duration.ofDays(day)), 10));
    }
    play(HOURLY.closed("09:00", 1000));
    assertThat(alerts()).isEmpty();
  }

  @Test
  void bothRatioAndDistanceMustBeCrossed() throws Exception {
    watch(hourly("{change: {above_ratio: 2, above_by: 50}}"));
    play(HOURLY.closed("01:00", 10), HOURLY.closed("02:00", 60));
    assertThat(alerts()).isEmpty();
    play(HOURLY.closed("03:00", 119.9));
    assertThat(alerts()).isEmpty();
    play(HOURLY.closed("04:00", 300));
    assertThat(alerts()).hasSize(1);
  }

  @Test
  void anEarlyRuleFiresOnAnOpenWindowAndResolvesAtItsEnd() throws Exception {
    watch(hourly("{above: 10}", "early: true"));
    send(HOURLY.open("10:00", 9));
    send(HOURLY.open("10:00", 11));
    send(HOURLY.open("10:00", 15));
    assertThat(alerts()).singleElement().extracting(Alert::startedAt).isEqualTo(at("10:00"));
    play(HOURLY.closed("10:00", 20));
    assertThat(alerts()).hasSize(2);
    assertThat(alerts().get(1).endedAt()).isEqualTo(at("11:00"));
    // one nobody saw before its end is told all the same, under the same kind of id
    play(HOURLY.closed("11:00", 20));
    assertThat(alerts().subList(2, 4))
        .extracting(Alert::id)
        .containsOnly(Alert.idOf("watched", "", at("11:00")));
    play(HOURLY.closed("12:00", 5));
    assertThat(alerts()).hasSize(4);
    assertNothingIsKeptAfter(Duration.ofDays(1));
  }

  @Test
  void anEarlyAlertOutlivesTheMomentTheSeriesWouldBeGivenUp() throws Exception {
    watch(hourly("{above: 10}", "early: true"));
    play(HOURLY.closed("09:00", 5));
    eventTimeReaches(at("12:58"));
    send(HOURLY.open("13:00", 11));
    eventTimeReaches(at("13:02"));
    send(HOURLY.open("13:00", 12));
    assertThat(alerts()).hasSize(1);
    play(HOURLY.closed("13:00", 13));
    assertThat(life())
        .containsExactly("13:00 v1 of 11.0", "13:00 v2 of 11.0 ended 14:00 RECOVERED");
    assertNothingIsKeptAfter(Duration.ofDays(1));
  }

  @ParameterizedTest
  @ValueSource(doubles = {20, 5})
  void earlyAlertsOfSeveralOpenWindowsEndEachWithItsOwn(double last) throws Exception {
    watch(hourly("{above: 10}", "early: true"));
    send(HOURLY.open("10:00", 11));
    send(HOURLY.open("11:00", 12));
    send(HOURLY.open("10:00", 13));
    send(HOURLY.open("11:00", 14));
    assertThat(life()).containsExactly("10:00 v1 of 11.0", "11:00 v1 of 12.0");
    play(HOURLY.closed("10:00", last));
    assertThat(life().subList(2, 3)).containsExactly("10:00 v2 of 11.0 ended 11:00 RECOVERED");
    play(HOURLY.closed("11:00", last));
    assertThat(life().subList(3, 4)).containsExactly("11:00 v2 of 12.0 ended 12:00 RECOVERED");
    assertNothingIsKeptAfter(Duration.ofDays(1));
    assertThat(alerts()).hasSize(4);
  }

  @Test
  void anEarlyAlertIsUntouchedByWindowsBeforeIt() throws Exception {
    watch(hourly("{above: 10}", "early: true"));
    send(HOURLY.open("11:00", 11));
    send(HOURLY.open("10:00", 12));
    send(HOURLY.open("11:00", 13));
    play(HOURLY.closed("09:00", 14), HOURLY.closed("10:00", 15), HOURLY.closed("11:00", 16));
    assertThat(life())
        .containsExactly(
            "11:00 v1 of 11.0",
            "10:00 v1 of 12.0",
            "09:00 v1 of 14.0",
            "09:00 v2 of 14.0 ended 10:00 RECOVERED",
            "10:00 v2 of 12.0 ended 11:00 RECOVERED",
            "11:00 v2 of 11.0 ended 12:00 RECOVERED");
    assertNothingIsKeptAfter(Duration.ofDays(1));
  }

  @Test
  void anEarlyAlertWhoseWindowIsNeverFinalEndsWithTheNextThatIs() throws Exception {
    watch(hourly("{above: 10}", "early: true"));
    send(HOURLY.open("10:00", 11));
    send(HOURLY.open("12:00", 12));
    play(HOURLY.closed("11:00", 5));
    assertThat(life())
        .containsExactly(
            "10:00 v1 of 11.0", "12:00 v1 of 12.0", "10:00 v2 of 11.0 ended 11:00 RECOVERED");
    play(HOURLY.closed("12:00", 13));
    assertThat(life().subList(3, 4)).containsExactly("12:00 v2 of 12.0 ended 13:00 RECOVERED");
    assertNothingIsKeptAfter(Duration.ofDays(1));
  }

  @Test
  void earlyAlertsOfASeriesThatFallsSilentAreNoData() throws Exception {
    watch(hourly("{above: 10}", "early: true"));
    send(HOURLY.open("10:00", 11));
    send(HOURLY.open("11:00", 12));
    assertNothingIsKeptAfter(Duration.ofDays(1));
    assertThat(alerts().subList(2, 4))
        .extracting(Alert::startedAt, Alert::version, Alert::resolution)
        .containsExactly(
            tuple(at("10:00"), 2L, Resolution.NO_DATA), tuple(at("11:00"), 2L, Resolution.NO_DATA));
  }

  @Test
  void earlyAlertsOfSeveralOpenWindowsEndWithTheirRule() throws Exception {
    watch(hourly("{above: 10}", "early: true"));
    send(HOURLY.open("10:00", 11));
    send(HOURLY.open("11:00", 12));
    take(TestRules.off("watched"));
    assertThat(alerts().subList(2, 4))
        .extracting(Alert::startedAt, Alert::version, Alert::resolution)
        .containsExactly(
            tuple(at("10:00"), 2L, Resolution.RULE_REMOVED),
            tuple(at("11:00"), 2L, Resolution.RULE_REMOVED));
    play(HOURLY.closed("10:00", 11), HOURLY.closed("11:00", 12));
    assertThat(alerts()).hasSize(4);
    assertNothingIsKeptAfter(Duration.ofDays(1));
  }

  @Test
  void earlyAlertsEndAlsoByARuleThatIsNotEarlyAnyMoreAfterARestart() throws Exception {
    watch(hourly("{above: 10}", "early: true"));
    send(HOURLY.open("10:00", 11));
    send(HOURLY.open("11:00", 12));
    harness = harness.continuedBy(new WatchWindowsHarness(hourly("{above: 10}")));
    play(HOURLY.closed("10:00", 13), HOURLY.closed("11:00", 9));
    assertThat(life())
        .containsExactly(
            "10:00 v2 of 11.0 ended 12:00 RECOVERED", "11:00 v2 of 12.0 ended 12:00 RECOVERED");
    assertNothingIsKeptAfter(Duration.ofDays(1));
  }

  @Test
  void earlyAlertsGoOnFromASnapshotOfRocksDb() throws Exception {
    MetricRule rule = hourly("{above: 10}", "early: true");
    harness = WatchWindowsHarness.onRocksDb(rule);
    harness.open();
    send(HOURLY.open("10:00", 11));
    send(HOURLY.open("11:00", 12));
    harness = harness.continuedBy(WatchWindowsHarness.onRocksDb(rule));
    send(HOURLY.open("11:00", 13));
    play(HOURLY.closed("10:00", 14), HOURLY.closed("11:00", 15));
    assertThat(life())
        .containsExactly(
            "10:00 v2 of 11.0 ended 11:00 RECOVERED", "11:00 v2 of 12.0 ended 12:00 RECOVERED");
  }

  /** The file was written when a rule kept one alert at a time, that of 10:00. */
  @Test
  void earlyAlertsGoOnFromASnapshotOfBeforeThereWereSeveral() throws Exception {
    harness = new WatchWindowsHarness(hourly("{above: 10}", "early: true"));
    URL snapshot = WatchWindowsTest.class.getResource("/rules/early-alert.snapshot");
    harness.initializeState(
        OperatorSnapshotUtil.readStateHandle(Path.of(snapshot.toURI()).toString()));
    harness.open();
    send(HOURLY.open("11:00", 12));
    play(HOURLY.closed("10:00", 14), HOURLY.closed("11:00", 15));
    assertThat(life())
        .containsExactly(
            "11:00 v1 of 12.0",
            "10:00 v2 of 11.0 ended 11:00 RECOVERED",
            "11:00 v2 of 12.0 ended 12:00 RECOVERED");
    assertNothingIsKeptAfter(Duration.ofDays(1));
  }

  @Test
  void aWindowWithoutEventsIsZeroOnlyIfTheRuleSaysSo() throws Exception {
    watch(minutely("{below: 5}"));
    play(REQUESTS.closed("10:00", 9));
    eventTimeReaches(at("10:30"));
    assertThat(alerts()).isEmpty();
    close();

    watch(minutely("{below: 5}", "missing: zero", "for: 2"));
    play(REQUESTS.closed("10:00", 9));
    eventTimeReaches(at("10:03"));
    assertThat(alerts()).singleElement().extracting(Alert::startedAt).isEqualTo(at("10:02"));
    assertThat(alerts().get(0).figures().value()).isZero();
    play(REQUESTS.closed("10:03", 9));
    assertThat(alerts().get(1).endedAt()).isEqualTo(at("10:04"));
    assertNothingIsKeptAfter(Duration.ofDays(30));
  }

  @Test
  void noticesThatNoWindowComes() throws Exception {
    watch(minutely("{absent: 10m}"));
    play(REQUESTS.closed("10:00", 9), REQUESTS.closed("10:05", 9));
    eventTimeReaches(at("10:15"));
    assertThat(alerts()).isEmpty();
    eventTimeReaches(at("10:17"));
    assertThat(alerts()).singleElement().extracting(Alert::startedAt).isEqualTo(at("10:16"));
    assertThat(alerts().get(0).summary())
        .isEqualTo("No api_requests for 10 min; the last was at 10:06:00 on 2 Mar.");
    play(REQUESTS.closed("12:00", 1));
    assertThat(alerts().get(1).endedAt()).isEqualTo(at("12:01"));
    assertNothingIsKeptAfter(Duration.ofDays(30));
    assertThat(alerts()).as("absent again, and given up in the end").hasSize(4);
  }

  @Test
  void eachSeriesIsWatchedByItself() throws Exception {
    watch(
        TestRules.rule(
            MetricRule.class,
            "metric: api_requests",
            "window: 1m",
            "by: [endpoint]",
            "condition: {above: 10}"));
    play(REQUESTS.of("endpoint=/a").closed("10:00", 11));
    play(REQUESTS.of("endpoint=/b").closed("10:00", 9));
    play(REQUESTS.closed("10:00", 99), REQUESTS.of("endpoint=~other").closed("10:00", 99));
    assertThat(alerts()).singleElement().extracting(Alert::series).isEqualTo("endpoint=/a");
    assertThat(alerts().get(0).summary()).startsWith("api_requests for endpoint /a was 11 ");
  }

  @Test
  void goesOnFromASnapshotOfRocksDb() throws Exception {
    MetricRule rule = minutely("{above: 10}", "for: 2");
    harness = WatchWindowsHarness.onRocksDb(rule);
    harness.open();
    play(REQUESTS.closed("10:00", 11));
    send(REQUESTS.closed("10:01", 11));
    harness = harness.continuedBy(WatchWindowsHarness.onRocksDb(rule));
    eventTimeReaches(at("10:02"));
    assertThat(alerts()).singleElement().extracting(Alert::startedAt).isEqualTo(at("10:01"));
  }

  @Test
  void aRemovedRuleEndsItsAlerts() throws Exception {
    MetricRule rule = minutely("{above: 10}");
    watch(rule);
    play(REQUESTS.closed("10:00", 11));
    harness = harness.continuedBy(new WatchWindowsHarness());
    eventTimeReaches(at("12:00"));
    assertThat(alerts())
        .singleElement()
        .extracting(Alert::resolution)
        .isEqualTo(Resolution.RULE_REMOVED);
    assertNothingIsKeptAfter(Duration.ofDays(1));
  }

  @Test
  void aNewRuleActsOnWindowsFromThenOn() throws Exception {
    watch();
    play(REQUESTS.closed("10:00", 99));
    take(minutelyApplied("too_many", "{above: 10}"));
    send(REQUESTS.closed("10:00", 99));
    assertThat(alerts()).isEmpty();
    play(REQUESTS.closed("10:01", 10), REQUESTS.closed("10:02", 11));
    assertThat(alerts()).singleElement().extracting(Alert::startedAt).isEqualTo(at("10:03"));
    assertThat(alerts().get(0).profile().rule()).isEqualTo("too_many");
    assertNothingIsKeptAfter(Duration.ofDays(1));
  }

  @Test
  void aChangedRuleJudgesByItsNewLimitAndGoesOnWithItsAlert() throws Exception {
    watch(minutely("{above: 10}"));
    play(REQUESTS.closed("10:00", 50));
    take(minutelyApplied("watched", "{above: 100}"));
    assertThat(alerts()).hasSize(1);
    play(REQUESTS.closed("10:01", 50));
    assertThat(alerts().get(1).resolution()).isEqualTo(Resolution.RECOVERED);
    assertThat(alerts().get(1).id()).isEqualTo(alerts().get(0).id());
    take(TestRules.reset("watched"));
    play(REQUESTS.closed("10:02", 50));
    assertThat(alerts()).hasSize(3);
  }

  @Test
  void aRuleThatIsRemovedEndsItsAlertsAtOnceAndThoseOfNoOther() throws Exception {
    watch(minutely("{above: 10}"));
    take(minutelyApplied("other", "{above: 20}"));
    play(REQUESTS.closed("10:00", 50));
    take(TestRules.off("watched"));
    assertThat(alerts()).hasSize(3);
    assertThat(alerts().get(2).profile().rule()).isEqualTo("watched");
    assertThat(alerts().get(2).resolution()).isEqualTo(Resolution.RULE_REMOVED);
    assertThat(alerts().get(2).endedAt()).isEqualTo(TestRules.CHANGED);

    take(TestRules.reset("other"));
    play(REQUESTS.closed("10:01", 50));
    assertThat(alerts()).hasSize(4);
    assertThat(alerts().get(3).profile().rule()).isEqualTo("other");
    assertNothingIsKeptAfter(Duration.ofDays(1));
  }

  @Test
  void aRuleThatWatchesSomethingElseEndsItsAlerts() throws Exception {
    watch(minutely("{above: 10}"));
    play(REQUESTS.closed("10:00", 50));
    take(
        TestRules.applied(
            "watched", "metric: api_requests", "window: 1h", "condition: {above: 10}"));
    assertThat(alerts().get(1).resolution()).isEqualTo(Resolution.RULE_REMOVED);
    play(HOURLY.closed("10:00", 11));
    assertThat(alerts().get(2).status()).isEqualTo(AlertStatus.FIRING);
  }

  @Test
  void anAlertIsNotOlderThanItsEndThoughEventTimeIsAheadOfTheClock() throws Exception {
    watch(minutely("{above: 10}"));
    play(REQUESTS.closed("23:00", 50));
    take(TestRules.off("watched"));
    assertThat(alerts().get(1).endedAt()).isEqualTo(at("23:01"));
  }

  @Test
  void aLiveRuleComparesWithWhatIsKnownOfTheSeries() throws Exception {
    watch(hourly("{change: {below_ratio: 0.1}}"));
    play(HOURLY.closed("01:00", 100));
    take(
        TestRules.applied(
            "halved",
            "metric: api_requests",
            "window: 1h",
            "condition: {change: {below_ratio: 0.5}}"));
    play(HOURLY.closed("02:00", 40));
    assertThat(alerts()).singleElement().extracting(Alert::startedAt).isEqualTo(at("03:00"));
  }

  @Test
  void appliedRulesAreThereAfterARestore() throws Exception {
    watch(minutely("{above: 10}"));
    take(minutelyApplied("watched", "{above: 100}"));
    take(minutelyApplied("other", "{above: 20}"));
    play(REQUESTS.closed("10:00", 15));
    harness = harness.continuedBy(new WatchWindowsHarness(minutely("{above: 10}")));
    play(REQUESTS.closed("10:01", 30));
    assertThat(alerts())
        .singleElement()
        .extracting(alert -> alert.profile().rule())
        .isEqualTo("other");
  }

  @Test
  void aLiveRuleOnAbsenceSeesThatASeriesHasBeenSilentForLong() throws Exception {
    watch(minutely("{above: 10}"));
    play(REQUESTS.closed("10:00", 5));
    eventTimeReaches(at("10:11"));
    take(minutelyApplied("silent", "{absent: 10m}"));
    assertThat(alerts()).as("a moment too soon").isEmpty();
    take(minutelyApplied("silent", "{absent: 9m}"));
    assertThat(alerts()).singleElement().extracting(Alert::startedAt).isEqualTo(at("10:10"));
    play(REQUESTS.closed("10:20", 5));
    assertThat(alerts().get(1).resolution()).isEqualTo(Resolution.RECOVERED);
    eventTimeReaches(at("10:31"));
    assertThat(alerts()).as("absent again").hasSize(3);
    assertNothingIsKeptAfter(Duration.ofDays(30));
  }

  @Test
  void aLiveRuleOnAbsenceSeesASeriesThatFallsSilentAfterIt() throws Exception {
    watch(minutely("{above: 10}"));
    play(REQUESTS.closed("10:00", 5));
    take(minutelyApplied("silent", "{absent: 10m}"));
    // without another window it is looked at when it is taken for silent
    eventTimeReaches(at("11:02"));
    assertThat(alerts()).singleElement().extracting(Alert::startedAt).isEqualTo(at("10:11"));
  }

  private static RuleMessage minutelyApplied(String name, String condition) {
    return TestRules.applied(name, "metric: api_requests", "window: 1m", "condition: " + condition);
  }

  private void take(RuleMessage change) throws Exception {
    harness.processElement2(change, 0);
  }

  private static MetricRule minutely(String condition, String... lines) {
    return rule("1m", condition, lines);
  }

  private static MetricRule hourly(String condition, String... lines) {
    return rule("1h", condition, lines);
  }

  private static MetricRule rule(String window, String condition, String... lines) {
    List<String> all =
        new ArrayList<>(
            List.of("metric: api_requests", "window: " + window, "condition: " + condition));
    all.addAll(Arrays.asList(lines));
    return TestRules.rule(MetricRule.class, all.toArray(String[]::new));
  }

  private void watch(MetricRule... rules) throws Exception {
    harness = new WatchWindowsHarness(rules);
    harness.open();
  }

  /** Closed windows, each followed by a watermark at its end. */
  private void play(MetricWindow... windows) throws Exception {
    for (MetricWindow window : windows) {
      send(window);
      eventTimeReaches(window.windowEnd());
    }
  }

  private void send(MetricWindow window) throws Exception {
    harness.processElement1(window, window.windowEnd().toEpochMilli() - 1);
  }

  private void eventTimeReaches(Instant time) throws Exception {
    harness.processWatermark1(new Watermark(time.toEpochMilli() - 1));
  }

  /** Each alert as when its window began, its version, what was measured, and how it ended. */
  private List<String> life() {
    return alerts().stream()
        .map(
            alert ->
                "%s v%d of %s"
                        .formatted(
                            time(alert.startedAt()), alert.version(), alert.figures().value())
                    + (alert.endedAt() == null
                        ? ""
                        : " ended %s %s".formatted(time(alert.endedAt()), alert.resolution())))
        .toList();
  }

  private static String time(Instant instant) {
    return LocalTime.ofInstant(instant, ZoneOffset.UTC).toString();
  }

  private List<Alert> alerts() {
    return harness.extractOutputValues();
  }

  private void assertNothingIsKeptAfter(Duration silence) throws Exception {
    eventTimeReaches(at("12:00").plus(silence));
    eventTimeReaches(at("12:00").plus(silence.multipliedBy(2)));
    assertThat(harness.numKeyedStateEntries()).isZero();
    assertThat(harness.numEventTimeTimers()).isZero();
  }
}
