package io.tidewatch.rules.stream;

import static io.tidewatch.metrics.TestEvents.event;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.alert.Alert;
import io.tidewatch.alert.AlertStatus;
import io.tidewatch.alert.Resolution;
import io.tidewatch.event.Event;
import io.tidewatch.rules.EventRule;
import io.tidewatch.rules.RuleMessage;
import io.tidewatch.rules.TestRules;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.apache.flink.streaming.api.operators.co.CoBroadcastWithKeyedOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WatchEventsTest {

  private static final EventRule SLOW =
      TestRules.rule(
          EventRule.class,
          "event: {type: api.request, where: {response_time_ms: '> 5000'}, by: [endpoint]}");
  private static final EventRule UNPAID =
      TestRules.rule(EventRule.class, "event: {type: payment.failed, by: [customer_id]}");
  private static final EventRule ANY_UNPAID =
      TestRules.rule(EventRule.class, "event: {type: payment.failed}");
  private static final EventRule SILENT =
      TestRules.rule(
          EventRule.class,
          "event: {type: service.heartbeat, by: [service]}",
          "condition: {absent: 2m}");

  private KeyedTwoInputStreamOperatorTestHarness<String, WatchedEvent, RuleMessage, Alert> harness;

  @AfterEach
  void close() throws Exception {
    if (harness != null) {
      harness.close();
    }
  }

  @Test
  void firesAtOnceAndResolvesAnHourAfterTheLastMatch() throws Exception {
    watch(SLOW);
    send(SLOW, slow("10:17:05", "9000"));
    assertThat(alerts()).hasSize(1);
    Alert firing = alerts().get(0);
    assertThat(firing.status()).isEqualTo(AlertStatus.FIRING);
    assertThat(firing.startedAt()).isEqualTo(at("10:17:05"));
    assertThat(firing.id()).isEqualTo(Alert.idOf("watched", "endpoint=/x", at("10:00:00")));
    assertThat(firing.series()).isEqualTo("endpoint=/x");
    assertThat(firing.summary()).isEqualTo("api.request for endpoint /x at 10:17:05 on 2 Mar.");

    send(SLOW, slow("11:10:00", "7000"));
    eventTimeReaches("12:09:59");
    assertThat(alerts()).hasSize(1);
    eventTimeReaches("12:10:01");
    assertThat(alerts()).hasSize(2);
    assertThat(alerts().get(1).endedAt()).isEqualTo(at("12:10:00"));
    assertThat(alerts().get(1).figures().value()).isEqualTo(2);
    assertThat(alerts().get(1).summary())
        .isEqualTo("Over: no more for 60 min, after 2 of api.request.");
    assertNothingIsKept();
  }

  @Test
  void oneThatJustDoesNotMatchIsSilent() {
    assertThat(SLOW.watches(slow("10:00:00", "5000"))).isFalse();
    assertThat(SLOW.watches(slow("10:00:00", "5001"))).isTrue();
    assertThat(SLOW.watches(event("api.request").with("response_time_ms", "9000").build()))
        .as("without the endpoint that it is watched by")
        .isFalse();
  }

  @Test
  void aSecondMatchLongAfterIsASecondAlertEvenWhereTheWatermarkIsBehind() throws Exception {
    watch(SLOW);
    send(SLOW, slow("10:17:00", "9000"));
    send(SLOW, slow("11:17:01", "9000"));
    assertThat(alerts())
        .extracting(Alert::status)
        .containsExactly(AlertStatus.FIRING, AlertStatus.RESOLVED, AlertStatus.FIRING);
    assertThat(alerts().get(1).endedAt()).isEqualTo(at("11:17:00"));
    assertThat(alerts().get(2).id()).isNotEqualTo(alerts().get(0).id());
  }

  @Test
  void namesTheCustomerThatItsSeriesIsOf() throws Exception {
    watch(UNPAID);
    send(UNPAID, event("payment.failed").customer("acme").at(at("10:00:00")).build());
    assertThat(alerts()).extracting(Alert::customerId).containsExactly("acme");
  }

  @Test
  void namesNoCustomerWhereItsSeriesIsOfMany() throws Exception {
    watch(SLOW);
    Event slow =
        event("api.request")
            .customer("acme")
            .with("endpoint", "/x")
            .with("response_time_ms", "9000")
            .at(at("10:00:00"))
            .build();
    send(SLOW, slow);
    assertThat(alerts()).extracting(Alert::customerId).containsOnlyNulls();
  }

  @Test
  void namesNoCustomerWhereItWatchesAllTogether() throws Exception {
    watch(ANY_UNPAID);
    send(ANY_UNPAID, event("payment.failed").customer("acme").at(at("10:00:00")).build());
    assertThat(alerts()).extracting(Alert::customerId).containsOnlyNulls();
  }

  @Test
  void disorderWithinTheHourMakesTheSameAlert() throws Exception {
    watch(SLOW);
    send(SLOW, slow("10:17:05", "9000"));
    send(SLOW, slow("10:17:01", "9000"));
    assertThat(alerts()).singleElement().extracting(Alert::id).isEqualTo(idOfTen());
  }

  @Test
  void aLateMatchOfAnAlertThatIsOverMakesNoSecondOne() throws Exception {
    watch(SLOW);
    send(SLOW, slow("10:17:00", "9000"));
    eventTimeReaches("11:20:00");
    assertThat(alerts()).hasSize(2);
    send(SLOW, slow("10:40:00", "9000"));
    assertThat(alerts()).hasSize(2);
    assertNothingIsKept();
  }

  @Test
  void noticesThatHeartbeatsStopAndComeAgain() throws Exception {
    watch(SILENT);
    heartbeat("10:00:00");
    heartbeat("10:01:30");
    eventTimeReaches("10:03:29");
    assertThat(alerts()).isEmpty();
    eventTimeReaches("10:03:31");
    assertThat(alerts()).hasSize(1);
    assertThat(alerts().get(0).startedAt()).isEqualTo(at("10:03:30"));
    assertThat(alerts().get(0).summary())
        .isEqualTo(
            "No service.heartbeat for service billing for 2 min; the last was at 10:01:30 on 2 Mar.");
    heartbeat("10:30:00");
    eventTimeReaches("10:30:01");
    assertThat(alerts()).hasSize(2);
    assertThat(alerts().get(1).endedAt()).isEqualTo(at("10:30:00"));
    assertNothingIsKept();
  }

  @Test
  void absenceIsSeenInAnOldRecordingToo() throws Exception {
    watch(SILENT);
    // both are read before the watermark moves
    heartbeat("10:00:00");
    heartbeat("10:10:00");
    eventTimeReaches("10:11:00");
    assertThat(alerts())
        .extracting(Alert::status)
        .containsExactly(AlertStatus.FIRING, AlertStatus.RESOLVED);
  }

  @Test
  void aLateHeartbeatDoesNotEndASilenceThatGoesOn() throws Exception {
    watch(SILENT);
    heartbeat("10:00:00");
    eventTimeReaches("10:10:00");
    assertThat(alerts()).hasSize(1);
    heartbeat("10:01:00");
    assertThat(alerts()).hasSize(1);
  }

  @Test
  void aServiceThatNeverComesBackIsGivenUp() throws Exception {
    watch(SILENT);
    heartbeat("10:00:00");
    assertNothingIsKept();
    assertThat(alerts()).extracting(Alert::resolution).containsExactly(null, Resolution.NO_DATA);
  }

  @Test
  void goesOnFromASnapshotOfRocksDb() throws Exception {
    harness = unopened(SLOW);
    harness.setStateBackend(new EmbeddedRocksDBStateBackend());
    harness.open();
    harness.processWatermark2(Watermark.MAX_WATERMARK);
    send(SLOW, slow("10:17:00", "9000"));
    OperatorSubtaskState snapshot = harness.snapshot(1, 1);
    harness.close();
    harness = unopened(SLOW);
    harness.setStateBackend(new EmbeddedRocksDBStateBackend());
    harness.initializeState(snapshot);
    harness.open();
    harness.processWatermark2(Watermark.MAX_WATERMARK);
    send(SLOW, slow("10:18:00", "9000"));
    assertThat(alerts()).isEmpty();
    eventTimeReaches("12:00:00");
    assertThat(alerts()).singleElement().extracting(Alert::id).isEqualTo(idOfTen());
    assertThat(alerts().get(0).figures().value()).isEqualTo(2);
  }

  @Test
  void aRuleThatIsRemovedEndsItsAlertsAtOnceAndEventsOnTheirWayAreIgnored() throws Exception {
    watch(SLOW);
    send(SLOW, slow("10:17:05", "9000"));
    take(TestRules.off("watched"));
    assertThat(alerts().get(1).resolution()).isEqualTo(Resolution.RULE_REMOVED);
    assertThat(alerts().get(1).endedAt()).isEqualTo(TestRules.CHANGED);
    send(SLOW, slow("10:18:00", "9000"));
    assertThat(alerts()).hasSize(2);
    assertNothingIsKept();
  }

  @Test
  void aNewRuleFiresFromThenOn() throws Exception {
    watch(SILENT);
    take(TestRules.applied("slower", "event: {type: api.request, by: [endpoint]}"));
    Event event = slow("10:00:00", "6000");
    harness.processElement1(new WatchedEvent("slower", "endpoint=/x", event), 0);
    assertThat(alerts())
        .singleElement()
        .extracting(alert -> alert.profile().rule())
        .isEqualTo("slower");
    assertNothingIsKept();
  }

  @Test
  void aRuleOfOtherSeriesBeginsAnew() throws Exception {
    watch(SILENT);
    heartbeat("10:00:00");
    eventTimeReaches("10:03:00");
    assertThat(alerts()).hasSize(1);
    take(
        TestRules.applied(
            "watched",
            "event: {type: service.heartbeat, by: [service, region]}",
            "condition: {absent: 2m}"));
    assertThat(alerts().get(1).resolution()).isEqualTo(Resolution.RULE_REMOVED);
    heartbeat("10:05:00");
    assertNothingIsKept();
    assertThat(alerts()).hasSize(2);
  }

  private void take(RuleMessage change) throws Exception {
    harness.processElement2(change, 0);
  }

  private static String idOfTen() {
    return Alert.idOf("watched", "endpoint=/x", at("10:00:00"));
  }

  private static Event slow(String time, String milliseconds) {
    return event("api.request")
        .with("endpoint", "/x")
        .with("response_time_ms", milliseconds)
        .at(at(time))
        .build();
  }

  private void heartbeat(String time) throws Exception {
    send(SILENT, event("service.heartbeat").with("service", "billing").at(at(time)).build());
  }

  private void watch(EventRule rule) throws Exception {
    harness = unopened(rule);
    harness.open();
    harness.processWatermark2(Watermark.MAX_WATERMARK);
  }

  private static KeyedTwoInputStreamOperatorTestHarness<String, WatchedEvent, RuleMessage, Alert>
      unopened(EventRule rule) throws Exception {
    var harness =
        new KeyedTwoInputStreamOperatorTestHarness<>(
            new CoBroadcastWithKeyedOperator<>(
                new WatchEvents(TestRules.book(rule), ZoneOffset.UTC), List.of(LiveRules.APPLIED)),
            WatchedEvent::key,
            change -> "",
            Types.STRING);
    return harness;
  }

  private void send(EventRule rule, Event event) throws Exception {
    harness.processElement1(
        new WatchedEvent(rule.name(), rule.seriesOf(event), event), event.time().toEpochMilli());
  }

  private void eventTimeReaches(String time) throws Exception {
    harness.processWatermark1(new Watermark(at(time).toEpochMilli()));
  }

  private static Instant at(String time) {
    return Instant.parse("2026-03-02T" + time + "Z");
  }

  private List<Alert> alerts() {
    return harness.extractOutputValues();
  }

  private void assertNothingIsKept() throws Exception {
    for (int day = 1; day <= 20; day++) {
      harness.processWatermark1(
          new Watermark(at("00:00:00").plusSeconds(day * 86_400L).toEpochMilli()));
    }
    assertThat(harness.numKeyedStateEntries()).isZero();
    assertThat(harness.numEventTimeTimers()).isZero();
  }
}
