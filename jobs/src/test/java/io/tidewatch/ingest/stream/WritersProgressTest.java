package io.tidewatch.ingest.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class WritersProgressTest {

  private final WritersProgress progress = new WritersProgress();

  @Test
  void theSlowestDecidesOnceAllHaveTold() {
    assertThat(after(0, 2, 5_000L)).isNull();
    assertThat(after(0, 2, 6_000L)).isNull();
    assertThat(after(1, 2, 4_000L)).isEqualTo(Instant.ofEpochMilli(4_000));
    assertThat(after(1, 2, 9_000L)).isEqualTo(Instant.ofEpochMilli(6_000));
  }

  @Test
  void nobodyWaitsForTheIdle() {
    assertThat(after(0, 2, null)).isNull();
    assertThat(after(1, 2, 4_000L)).isEqualTo(Instant.ofEpochMilli(4_000));
    assertThat(after(1, 2, null)).isNull();
    assertThat(after(0, 2, 5_000L)).isEqualTo(Instant.ofEpochMilli(5_000));
  }

  @Test
  void afterAJobWasScaledAllMustTellAgain() {
    assertThat(after(0, 1, 5_000L)).isEqualTo(Instant.ofEpochMilli(5_000));
    assertThat(after(0, 2, 5_000L)).isNull();
    assertThat(after(1, 2, 8_000L)).isEqualTo(Instant.ofEpochMilli(5_000));
    assertThat(after(0, 1, 9_000L)).isEqualTo(Instant.ofEpochMilli(9_000));
  }

  @Test
  void aWriterThatCannotBeIsRefused() {
    assertThatThrownBy(() -> after(2, 2, 1L)).isInstanceOf(IllegalArgumentException.class);
  }

  private Instant after(int writer, int writers, Long watermark) {
    return progress.after(new ProgressMark(writer, writers, 0, watermark));
  }
}
