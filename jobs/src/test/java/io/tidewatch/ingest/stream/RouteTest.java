package io.tidewatch.ingest.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.event.Event;
import io.tidewatch.ingest.Reading;
import io.tidewatch.ingest.ReadingQuality;
import io.tidewatch.ingest.RecordEnd;
import io.tidewatch.time.WatermarkedProcess;
import java.time.Instant;
import java.util.List;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.OperatorStateHandle;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

class RouteTest {

  @Test
  void anEventCarriesTheWatermarkThatItMet() throws Exception {
    try (var route = route(1, 0)) {
      route.open();
      route.processElement(arrival(), 0);
      route.processWatermark(5_000);
      route.processElement(arrival(), 0);
      assertThat(route.extractOutputValues())
          .extracting(Event::watermark)
          .containsExactly(Event.NEVER_LATE, 5_000L);
    }
  }

  @Test
  void whatWasLateBeforeAFailureIsLateAfterIt() throws Exception {
    OperatorSubtaskState snapshot;
    try (var route = route(1, 0)) {
      route.open();
      route.processWatermark(5_000);
      snapshot = route.snapshot(1, 1);
    }
    try (var route = route(1, 0)) {
      route.initializeState(snapshot);
      route.open();
      route.processElement(arrival(), 0);
      route.processWatermark(3_000);
      route.processElement(arrival(), 0);
      route.processWatermark(6_000);
      route.processElement(arrival(), 0);
      assertThat(route.extractOutputValues())
          .extracting(Event::watermark)
          .containsExactly(5_000L, 5_000L, 6_000L);
    }
  }

  @Test
  void afterARestoreAtAnotherParallelismTheSlowestDecides() throws Exception {
    OperatorSubtaskState both;
    try (var first = route(3, 0);
        var second = route(3, 1);
        var withoutPartition = route(3, 2)) {
      first.open();
      second.open();
      withoutPartition.open();
      first.processWatermark(5_000);
      second.processWatermark(4_000);
      both =
          AbstractStreamOperatorTestHarness.repackageState(
              first.snapshot(1, 1), second.snapshot(1, 1), withoutPartition.snapshot(1, 1));
    }
    try (var route = route(1, 0)) {
      route.initializeState(
          AbstractStreamOperatorTestHarness.repartitionOperatorState(both, 128, 3, 1, 0));
      route.open();
      route.processElement(arrival(), 0);
      assertThat(route.extractOutputValues()).extracting(Event::watermark).containsExactly(4_000L);
    }
  }

  @Test
  void afterARestoreAtAHigherParallelismWhatWasLateIsLateEverywhere() throws Exception {
    OperatorSubtaskState both;
    try (var first = route(2, 0);
        var second = route(2, 1)) {
      first.open();
      second.open();
      first.processWatermark(5_000);
      second.processWatermark(4_000);
      both =
          AbstractStreamOperatorTestHarness.repackageState(
              first.snapshot(1, 1), second.snapshot(1, 1));
    }
    for (int subtask = 0; subtask < 5; subtask++) {
      try (var route = route(5, subtask)) {
        route.initializeState(
            AbstractStreamOperatorTestHarness.repartitionOperatorState(both, 128, 2, 5, subtask));
        route.open();
        route.processElement(arrival(), 0);
        assertThat(route.extractOutputValues())
            .extracting(Event::watermark)
            .containsExactly(subtask < 2 ? 5_000L : 4_000L);
      }
    }
  }

  /** Flink would refuse a savepoint at which one subtask has ended already and another has not. */
  @Test
  void sharesNoListWithOtherSubtasks() throws Exception {
    try (var route = route(2, 0)) {
      route.open();
      route.processWatermark(5_000);
      assertThat(route.snapshot(1, 1).getManagedOperatorState())
          .flatExtracting(handle -> handle.getStateNameToPartitionOffsets().values())
          .isNotEmpty()
          .extracting(OperatorStateHandle.StateMetaInfo::getDistributionMode)
          .containsOnly(OperatorStateHandle.Mode.SPLIT_DISTRIBUTE);
    }
  }

  @Test
  void tellsOfRecordsOnlyWhereAnybodyWantsToKnow() throws Exception {
    for (boolean wanted : new boolean[] {true, false}) {
      try (var route = route(new Route("shop", wanted), 1, 0)) {
        route.open();
        route.processElement(arrival(), 0);
        route.processElement(Arrival.mark(Instant.EPOCH, Instant.EPOCH), 0);
        assertThat(route.extractOutputValues()).hasSize(1);
        assertThat(route.getSideOutput(RecordEvents.TAG) != null).isEqualTo(wanted);
      }
    }
  }

  private static Arrival arrival() {
    Event event = Events.event("feature.used", "2026-03-01T12:00:00Z");
    return Arrival.of(
        new Reading(
            RecordEnd.ACCEPTED, List.of(event), null, List.of(), new ReadingQuality(0, 0, 0, 0, 0)),
        Instant.parse("2026-03-01T12:00:01Z"));
  }

  private static OneInputStreamOperatorTestHarness<Arrival, Event> route(
      int parallelism, int subtask) throws Exception {
    return route(new Route("shop", true), parallelism, subtask);
  }

  private static OneInputStreamOperatorTestHarness<Arrival, Event> route(
      Route route, int parallelism, int subtask) throws Exception {
    return new OneInputStreamOperatorTestHarness<>(
        new WatermarkedProcess<>(route), 128, parallelism, subtask);
  }
}
