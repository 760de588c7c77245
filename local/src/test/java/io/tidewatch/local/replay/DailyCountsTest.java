package io.tidewatch.local.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class DailyCountsTest {

  private final DailyCounts counts = new DailyCounts("replay");

  @Test
  void addsUpTheDaysOfItsSourceAndTakesTheLastWordOfEach() {
    accept("events_read|1d|source=replay", "2026-03-01", 3);
    accept("events_read|1d|source=replay", "2026-03-01", 5);
    accept("events_read|1d|source=replay", "2026-03-02", 2);
    accept("events_accepted|1d|source=replay", "2026-03-01", 4);
    accept("events_accepted|1d|source=replay", "2026-03-02", 2);
    accept("events_duplicate|1d|source=replay", "2026-03-01", 1);
    accept("events_read|1h|source=replay", "2026-03-01", 5);
    accept("events_read|1d|source=api", "2026-03-01", 9);
    accept("events_read|1d|", "2026-03-01", 9);
    accept("page_views|1d|source=replay", "2026-03-01", 9);

    RecordCounts total = counts.total();
    assertThat(total)
        .hasToString("read=7 accepted=6 rejected=0 duplicate=1 no_consent=0 erased=0 late=0");
    assertThat(total.accountFor(7)).isTrue();
    assertThat(total.accountFor(8)).isFalse();
  }

  private void accept(String key, String day, int value) {
    String row = "{\"window_start\":\"%sT00:00:00.000Z\",\"value\":%d.0}".formatted(day, value);
    counts.accept(key.getBytes(StandardCharsets.UTF_8), row.getBytes(StandardCharsets.UTF_8));
  }
}
