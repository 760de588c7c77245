package io.tidewatch.ingest.stream;

import static io.tidewatch.ingest.stream.Events.event;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.event.Event;
import io.tidewatch.ingest.Deduplication;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

class DeduplicateTest {

  private static final Duration DAY = Duration.ofHours(24);
  private static final String NOON = "2026-03-01T12:00:00Z";
  private static final long NOON_MILLIS = Instant.parse(NOON).toEpochMilli();
  private static final long DAY_MILLIS = Duration.ofDays(1).toMillis();

  @Test
  void theFirstOfAnIdentityWinsWhateverTheOthersHold() throws Exception {
    try (var harness = harness(DAY)) {
      Event first = event("feature.used", NOON, "feature", "a");
      Event second = first.withProperties(Map.of("feature", "b"));
      harness.processElement(first, NOON_MILLIS);
      harness.processElement(second, NOON_MILLIS);
      harness.processElement(event("feature.used", "2026-03-01T12:00:01Z"), NOON_MILLIS);

      assertThat(harness.extractOutputValues()).hasSize(2).startsWith(first);
      assertThat(harness.getSideOutput(Deduplicate.DUPLICATES))
          .extracting(record -> record.getValue())
          .containsExactly(second);
    }
  }

  @Test
  void whatTellsTheSameCountsOnceUnderWhateverId() throws Exception {
    try (var harness = harness(DAY)) {
      Event first = event("payment.succeeded", NOON, "deduplication_key", "invoice-1", "id", "a");
      Event second = event("payment.succeeded", NOON, "deduplication_key", "invoice-1", "id", "b");
      Event other = event("payment.succeeded", NOON, "deduplication_key", "invoice-2", "id", "c");
      harness.processElement(first, NOON_MILLIS);
      harness.processElement(second, NOON_MILLIS);
      harness.processElement(other, NOON_MILLIS);

      assertThat(harness.extractOutputValues()).containsExactly(first, other);
    }
  }

  @Test
  void forgetsAtTheHorizonAndKeepsNothing() throws Exception {
    try (var harness = harness(DAY)) {
      Event event = event("feature.used", NOON);
      harness.processElement(event, NOON_MILLIS);
      harness.processWatermark(NOON_MILLIS + DAY_MILLIS - 1);
      harness.processElement(event, NOON_MILLIS);
      assertThat(harness.extractOutputValues()).hasSize(1);

      harness.processWatermark(NOON_MILLIS + DAY_MILLIS);
      assertThat(harness.numKeyedStateEntries()).isZero();
      assertThat(harness.numEventTimeTimers()).isZero();
      harness.processElement(event, NOON_MILLIS);
      assertThat(harness.extractOutputValues()).hasSize(2);
    }
  }

  @Test
  void anEventLateBeyondTheHorizonIsRememberedFromItsArrival() throws Exception {
    try (var harness = harness(DAY)) {
      long late = NOON_MILLIS + 10 * DAY_MILLIS;
      Event event = event("feature.used", NOON);
      harness.processWatermark(late);
      harness.processElement(event, NOON_MILLIS);
      harness.processWatermark(late + 1);
      harness.processElement(event, NOON_MILLIS);
      assertThat(harness.extractOutputValues()).hasSize(1);

      harness.processWatermark(late + DAY_MILLIS);
      assertThat(harness.numKeyedStateEntries()).isZero();
      assertThat(harness.numEventTimeTimers()).isZero();
    }
  }

  @Test
  void remembersAcrossARestoreOnRocksDb() throws Exception {
    Event event = event("feature.used", NOON);
    OperatorSubtaskState snapshot;
    try (var harness = unopened(DAY)) {
      harness.setStateBackend(new EmbeddedRocksDBStateBackend());
      harness.open();
      harness.processElement(event, NOON_MILLIS);
      snapshot = harness.snapshot(1, 1);
    }
    try (var restored = unopened(DAY)) {
      restored.setStateBackend(new EmbeddedRocksDBStateBackend());
      restored.initializeState(snapshot);
      restored.open();
      restored.processElement(event, NOON_MILLIS);
      assertThat(restored.extractOutputValues()).isEmpty();
      assertThat(restored.getSideOutput(Deduplicate.DUPLICATES)).hasSize(1);
      restored.processWatermark(NOON_MILLIS + DAY_MILLIS);
      assertThat(restored.numEventTimeTimers()).isZero();
      restored.processElement(event, NOON_MILLIS);
      assertThat(restored.extractOutputValues()).contains(event);
    }
  }

  private static KeyedOneInputStreamOperatorTestHarness<String, Event, Event> harness(
      Duration horizon) throws Exception {
    var harness = unopened(horizon);
    harness.open();
    return harness;
  }

  private static KeyedOneInputStreamOperatorTestHarness<String, Event, Event> unopened(
      Duration horizon) throws Exception {
    return new KeyedOneInputStreamOperatorTestHarness<>(
        new KeyedProcessOperator<>(new Deduplicate(horizon)),
        Deduplication::identity,
        Types.STRING);
  }
}
