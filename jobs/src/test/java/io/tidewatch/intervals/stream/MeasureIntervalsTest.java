package io.tidewatch.intervals.stream;

import static io.tidewatch.metrics.TestEvents.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.tidewatch.event.Event;
import io.tidewatch.intervals.IntervalEvent;
import io.tidewatch.metrics.IntervalDefinition;
import io.tidewatch.metrics.TestEvents;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MeasureIntervalsTest {

  private static final IntervalDefinition FIRST_RESPONSE = firstResponse(Duration.ofHours(24));

  @AutoClose private KeyedOneInputStreamOperatorTestHarness<String, IntervalEvent, Event> harness;

  @BeforeEach
  void open() throws Exception {
    harness = unopened(FIRST_RESPONSE);
    harness.open();
  }

  @Test
  void measuresFromTheFirstStartToTheNextEnd() throws Exception {
    send(opened("10:00:00"));
    send(opened("10:05:00"));
    send(responded("10:30:00"));
    send(responded("10:40:00"));
    assertThat(measured()).isEmpty();

    eventTimeReaches("10:30:00");
    assertThat(measured())
        .extracting(Event::type, Event::time, Event::derived, e -> e.get("interval"))
        .containsExactly(tuple("interval.measured", at("10:30:00"), true, "first_response.time"));
    assertThat(measured().get(0).properties())
        .containsEntry("milliseconds", "1800000") // 30 × 60,000
        .containsEntry("seconds", "1800")
        .containsEntry("minutes", "30")
        .containsEntry("hours", "0.5")
        .containsEntry("days", "0.020833333"); // 0.5 ÷ 24
    eventTimeReaches("11:00:00");
    assertThat(measured()).hasSize(1);
  }

  @Test
  void appliesWhatCameInDisorderInItsOrder() throws Exception {
    send(responded("10:30:00"));
    send(opened("10:00:00"));
    send(responded("10:10:00"));
    eventTimeReaches("12:00:00");
    assertThat(minutes()).containsExactly("10");
    assertNothingIsKept();
  }

  @Test
  void aLateEndIsAppliedAtOnce() throws Exception {
    send(opened("10:00:00"));
    eventTimeReaches("12:00:00");
    send(responded("10:20:00"));
    assertThat(minutes()).containsExactly("20");
    assertNothingIsKept();
  }

  /** In a replay, say, which measures what the live job did. */
  @Test
  void aLateEndIsAppliedInItsTurnAlsoWhereItComesAheadOfTheWatermark() throws Exception {
    send(opened("10:00:00"));
    send(responded("10:40:00"));
    sendReadAt("12:00:00", responded("10:20:00"));
    eventTimeReaches("13:00:00");
    assertThat(minutes()).containsExactly("40");
    assertNothingIsKept();
  }

  /** As when a tool is heard of again after an outage; the end's id sorts first. */
  @Test
  void aLateStartAndItsLateEndThatAreReadTogetherMakeAnInterval() throws Exception {
    sendReadAt("12:00:00", responded("10:20:00").identity("support", "e1"));
    sendReadAt("12:00:00", opened("10:00:00").identity("support", "e2"));
    eventTimeReaches("13:00:00");
    assertThat(minutes()).containsExactly("20");
    assertNothingIsKept();
  }

  @Test
  void aLateStartOpensAnIntervalToo() throws Exception {
    eventTimeReaches("12:00:00");
    send(opened("11:00:00"));
    send(responded("12:30:00"));
    eventTimeReaches("13:00:00");
    assertThat(minutes()).containsExactly("90");
    assertNothingIsKept();
  }

  @Test
  void anEndBeforeItsStartMeasuresNothing() throws Exception {
    send(opened("10:00:00"));
    eventTimeReaches("10:30:00");
    send(responded("09:00:00"));
    assertThat(measured()).isEmpty();
    send(responded("10:40:00"));
    eventTimeReaches("10:40:00");
    assertThat(minutes()).containsExactly("40");
  }

  @Test
  void anEventMayEndOneIntervalAndStartTheNext() throws Exception {
    harness.close();
    harness =
        unopened(
            new IntervalDefinition(
                "first_response.time",
                List.of("feature.used"),
                List.of("feature.used"),
                "ticket_id",
                Duration.ofHours(24)));
    harness.open();
    for (String time : List.of("10:00:00", "10:10:00", "10:30:00")) {
      send(event("feature.used").at(at(time)));
    }
    eventTimeReaches("11:00:00");
    assertThat(minutes()).containsExactly("10", "20");
  }

  @Test
  void anIntervalLongerThanAllowedIsForgotten() throws Exception {
    send(opened("10:00:00"));
    eventTimeReaches("10:00:00");
    harness.processWatermark(at("10:00:00").plus(Duration.ofHours(24)).toEpochMilli() + 1);
    assertNothingIsKept();
    send(event("ticket.responded").at(at("10:00:00").plus(Duration.ofHours(25))));
    harness.processWatermark(Long.MAX_VALUE);
    assertThat(measured()).isEmpty();
  }

  @Test
  void theLongestIntervalAllowedStillCounts() throws Exception {
    send(opened("10:00:00"));
    send(event("ticket.responded").at(at("10:00:00").plus(Duration.ofHours(24))));
    harness.processWatermark(Long.MAX_VALUE - 1);
    assertThat(minutes()).containsExactly("1440");
    assertNothingIsKept();
  }

  @Test
  void anEventOfTheInstantAnIntervalExpiresIsNotLost() throws Exception {
    send(opened("10:00:00"));
    eventTimeReaches("10:00:00");
    Instant expired = at("10:00:00").plus(Duration.ofHours(24)).plusMillis(1);
    send(event("ticket.opened").at(expired));
    send(event("ticket.responded").at(expired.plusSeconds(60)));
    send(responded("11:00:00"));
    harness.processWatermark(Long.MAX_VALUE - 1);
    assertThat(minutes()).containsExactly("60", "1");
    assertNothingIsKept();
  }

  @Test
  void aRestoreGoesOnWhereItWas() throws Exception {
    OperatorSubtaskState snapshot;
    try (var first = unopened(FIRST_RESPONSE)) {
      first.setStateBackend(new EmbeddedRocksDBStateBackend());
      first.open();
      first.processElement(interval(opened("10:00:00")), 0);
      first.processWatermark(at("10:00:00").toEpochMilli());
      first.processElement(interval(responded("10:30:00")), 0);
      snapshot = first.snapshot(1, 1);
    }
    try (var restored = unopened(FIRST_RESPONSE)) {
      restored.setStateBackend(new EmbeddedRocksDBStateBackend());
      restored.initializeState(snapshot);
      restored.open();
      restored.processWatermark(at("10:30:00").toEpochMilli());
      assertThat(restored.extractOutputValues())
          .extracting(event -> event.get("minutes"))
          .containsExactly("30");
      assertThat(restored.numEventTimeTimers()).isZero();
    }
  }

  @Test
  void anIntervalThatIsAllowedLongerAtARestoreIsForgottenInTheEnd() throws Exception {
    send(opened("10:00:00"));
    eventTimeReaches("10:00:00");
    OperatorSubtaskState snapshot = harness.snapshot(1, 1);
    try (var restored = unopened(firstResponse(Duration.ofHours(48)))) {
      restored.initializeState(snapshot);
      restored.open();
      restored.processWatermark(at("10:00:00").plus(Duration.ofHours(47)).toEpochMilli());
      assertThat(restored.numKeyedStateEntries()).isEqualTo(1);
      restored.processWatermark(at("10:00:00").plus(Duration.ofHours(49)).toEpochMilli());
      assertThat(restored.numKeyedStateEntries()).isZero();
      assertThat(restored.numEventTimeTimers()).isZero();
    }
  }

  @Test
  void anIntervalThatNoMetricReadsAnyMoreIsForgotten() throws Exception {
    send(opened("10:00:00"));
    OperatorSubtaskState snapshot = harness.snapshot(1, 1);
    try (var restored =
        new KeyedOneInputStreamOperatorTestHarness<>(
            new KeyedProcessOperator<>(new MeasureIntervals(List.of())),
            IntervalEvent::partition,
            Types.STRING)) {
      restored.initializeState(snapshot);
      restored.open();
      restored.processWatermark(Long.MAX_VALUE - 1);
      assertThat(restored.numKeyedStateEntries()).isZero();
      assertThat(restored.numEventTimeTimers()).isZero();
    }
  }

  private void assertNothingIsKept() {
    assertThat(harness.numKeyedStateEntries()).isZero();
    assertThat(harness.numEventTimeTimers()).isZero();
  }

  private List<Event> measured() {
    return harness.extractOutputValues();
  }

  private List<String> minutes() {
    return measured().stream().map(event -> event.get("minutes")).toList();
  }

  private void send(TestEvents event) throws Exception {
    harness.processElement(interval(event), 0);
  }

  /** Event time was that far when the event was read. */
  private void sendReadAt(String time, TestEvents event) throws Exception {
    IntervalEvent read = interval(event);
    harness.processElement(
        new IntervalEvent(
            read.interval(), read.key(), read.event().withWatermark(at(time).toEpochMilli())),
        0);
  }

  private void eventTimeReaches(String time) throws Exception {
    harness.processWatermark(at(time).toEpochMilli());
  }

  private static IntervalEvent interval(TestEvents event) {
    return new IntervalEvent(FIRST_RESPONSE.name(), "T-1", event.with("ticket_id", "T-1").build());
  }

  private static TestEvents opened(String time) {
    return event("ticket.opened").at(at(time));
  }

  private static TestEvents responded(String time) {
    return event("ticket.responded").at(at(time));
  }

  private static Instant at(String time) {
    return Instant.parse("2026-03-01T" + time + "Z");
  }

  private static IntervalDefinition firstResponse(Duration within) {
    return new IntervalDefinition(
        "first_response.time",
        List.of("ticket.opened"),
        List.of("ticket.responded"),
        "ticket_id",
        within);
  }

  private static KeyedOneInputStreamOperatorTestHarness<String, IntervalEvent, Event> unopened(
      IntervalDefinition definition) throws Exception {
    return new KeyedOneInputStreamOperatorTestHarness<>(
        new KeyedProcessOperator<>(new MeasureIntervals(List.of(definition))),
        IntervalEvent::partition,
        Types.STRING);
  }
}
