package io.tidewatch.ingest.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.event.Event;
import java.util.List;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MarkProgressTest {

  private final Event event = Events.event("feature.used", "2026-03-01T12:00:00Z");

  private OneInputStreamOperatorTestHarness<Event, Event> harness;

  @BeforeEach
  void open() throws Exception {
    harness = new OneInputStreamOperatorTestHarness<>(new MarkProgress(() -> 2), 128, 3, 1);
    harness.open();
  }

  @AfterEach
  void close() throws Exception {
    harness.close();
  }

  @Test
  void tellsEachPartitionBeforeACheckpointWhatEventsBeforeItWereJudgedBy() throws Exception {
    harness.processWatermark(5_000);
    harness.processElement(event, 0);
    assertThat(harness.extractOutputValues()).containsExactly(event);
    checkpoint();
    harness.processElement(event, 0);
    List<Event> written = harness.extractOutputValues();
    assertThat(written).hasSize(4).first().isEqualTo(event);
    assertThat(written).last().isEqualTo(event);
    assertThat(marks())
        .containsExactly(new ProgressMark(1, 3, 0, 5_000L), new ProgressMark(1, 3, 1, 5_000L));
  }

  @Test
  void saysNothingBeforeItKnows() throws Exception {
    harness.processElement(event, 0);
    checkpoint();
    assertThat(harness.extractOutputValues()).containsExactly(event);
  }

  @Test
  void nobodyIsToWaitForAnIdleOneUntilItGoesOn() throws Exception {
    harness.processWatermarkStatus(WatermarkStatus.IDLE);
    checkpoint();
    harness.processWatermarkStatus(WatermarkStatus.ACTIVE);
    harness.processWatermark(7_000);
    checkpoint();
    assertThat(marks())
        .filteredOn(mark -> mark.partition() == 0)
        .extracting(ProgressMark::watermark)
        .containsExactly(null, 7_000L);
  }

  @Test
  void theEndOfADrainedJobIsNotTheEndOfTime() throws Exception {
    harness.processWatermark(7_000);
    harness.processWatermark(Watermark.MAX_WATERMARK);
    checkpoint();
    assertThat(marks()).extracting(ProgressMark::watermark).containsOnly(7_000L);
  }

  private void checkpoint() throws Exception {
    ((MarkProgress) harness.getOneInputOperator()).prepareSnapshotPreBarrier(1);
  }

  private List<ProgressMark> marks() {
    return harness.extractOutputValues().stream()
        .filter(ProgressMark::isMark)
        .map(ProgressMark::of)
        .toList();
  }
}
