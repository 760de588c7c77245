package io.tidewatch.metrics.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextIndexTest {

  @ParameterizedTest
  @ValueSource(ints = {0, 14, 15, 16, 5_000, 60_000})
  void numbersTextsAsTheyFirstCome(int expectedSize) {
    TextIndex index = new TextIndex(expectedSize);
    Map<String, Integer> expected = new HashMap<>();
    SplittableRandom random = new SplittableRandom(9);
    for (int i = 0; i < 100_000; i++) {
      String text = "日".repeat(random.nextInt(3) * 20) + random.nextInt(20_000);
      expected.putIfAbsent(text, expected.size());
      assertThat(index.of(text)).isEqualTo(expected.get(text));
    }
  }

  @Test
  void textsOfOneHashAreDifferentTexts() {
    TextIndex index = new TextIndex(0);
    assertThat("AaAa").hasSameHashCodeAs("BBBB");
    assertThat(index.of("AaAa")).isZero();
    assertThat(index.of("BBBB")).isEqualTo(1);
    assertThat(index.of("")).isEqualTo(2);
    assertThat(index.of("AaAa")).isZero();
    assertThat(index.of("")).isEqualTo(2);
  }
}
