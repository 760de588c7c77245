package io.tidewatch.ingest.stream;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LastSeenTest {

  @Test
  void forgetsWhatNobodyAskedForTheLongest() {
    LastSeen<String, Integer> seen = new LastSeen<>(2);
    seen.put("old and busy", 1);
    seen.put("newer and silent", 2);
    assertThat(seen.get("old and busy")).isEqualTo(1);
    seen.put("newest", 3);
    assertThat(seen).containsOnlyKeys("old and busy", "newest");
  }

  @Test
  void whatIsReplacedTakesNoRoomOfOthers() {
    LastSeen<String, Integer> seen = new LastSeen<>(2);
    seen.put("one", 1);
    seen.put("two", 2);
    seen.put("one", 3);
    assertThat(seen).hasSize(2).containsEntry("one", 3);
  }
}
