package io.tidewatch.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DistinctStateTest {

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 100, 9_999, 10_000})
  void isExactToTenThousand(int distinct) {
    assertThat(state("user-", distinct).value()).isEqualTo(distinct);
  }

  @ParameterizedTest
  @ValueSource(ints = {10_001, 20_000, 50_000, 100_000, 300_000, 1_000_000, 3_000_000})
  void isWithinOnePercentBeyond(int distinct) {
    for (String prefix : new String[] {"user-", "", "00000000-0000-4000-8000-"}) {
      assertThat(state(prefix, distinct).value()).isCloseTo(distinct, withinPercentage(1));
    }
  }

  @Test
  void countsOverlappingMergesOnce() {
    DistinctState merged = state("user-", 8_000);
    merged.merge(state("user-", 9_000));
    assertThat(merged.value()).isEqualTo(9_000);
    merged.merge(state("guest-", 9_000)); // 18,000
    assertThat(merged.value()).isCloseTo(18_000, withinPercentage(1));
    DistinctState sketch = state("user-", 100_000);
    sketch.merge(merged); // 100,000 users, of whom 9,000 are known, and 9,000 guests
    assertThat(sketch.value()).isCloseTo(109_000, withinPercentage(1));
  }

  @Test
  void hashesSimilarTextsApart() {
    Set<Long> hashes = new HashSet<>();
    for (int i = 0; i < 1_000_000; i++) {
      hashes.add(TextHash.of("u" + i));
    }
    hashes.add(TextHash.of(""));
    hashes.add(TextHash.of("\0"));
    hashes.add(TextHash.of("\0\0\0\0"));
    assertThat(hashes).hasSize(1_000_003);
  }

  @Test
  void hashesTheSameInEveryRelease() {
    assertThat(TextHash.of("customer-42")).isEqualTo(4_180_438_724_401_965_381L);
  }

  private static DistinctState state(String prefix, int distinct) {
    DistinctState state = new DistinctState();
    for (int i = 0; i < distinct; i++) {
      Reading reading = new Reading(null, null, TextHash.of(prefix + i));
      state.add(reading, 1);
      if (i % 3 == 0) {
        state.add(reading, 1);
      }
    }
    return state;
  }
}
