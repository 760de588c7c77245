package io.tidewatch.ingest.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.event.Event;
import io.tidewatch.time.WatermarkedProcess;
import java.time.Instant;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

class TakePublishedTest {

  @Test
  void lateIsWhatWasLateInIngestAndNothingIsInTimeForWhatIsClearedHere() throws Exception {
    try (var harness =
        new OneInputStreamOperatorTestHarness<>(new WatermarkedProcess<>(new TakePublished()))) {
      harness.open();
      harness.processElement(judgedBy(Event.NEVER_LATE), 0);
      harness.processElement(judgedBy(4_000), 0);
      harness.processWatermark(5_000);
      harness.processElement(new PublishedEvent(null, Instant.ofEpochMilli(5_000)), 0);
      harness.processElement(judgedBy(5_001), 0);
      // ingest has gone back in time
      harness.processElement(judgedBy(3_000), 0);
      harness.processElement(judgedBy(Event.NEVER_LATE), 0);
      assertThat(harness.extractOutputValues())
          .extracting(Event::watermark)
          .containsExactly(Event.NEVER_LATE, 4_000L, 5_001L, 5_000L, 5_000L);
    }
  }

  private static PublishedEvent judgedBy(long watermark) {
    return new PublishedEvent(
        Events.event("feature.used", "2026-03-01T12:00:00Z").withWatermark(watermark), null);
  }
}
