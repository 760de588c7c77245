package io.tidewatch.metrics.stream;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TextIndexTest {

  @Test
  void numbersTextsInTheOrderTheyFirstCome() {
    TextIndex index = new TextIndex();
    for (int i = 0; i < 5_000; i++) {
      assertThat(index.of("customer-" + i)).isEqualTo(i);
      assertThat(index.of("customer-" + i / 2)).isEqualTo(i / 2);
    }
  }

  @Test
  void textsOfOneHashAreTold() {
    // "Aa" and "BB" have the same hash, and so have all of their combinations
    TextIndex index = new TextIndex();
    assertThat(index.of("AaAa")).isZero();
    assertThat(index.of("BBBB")).isEqualTo(1);
    assertThat(index.of("AaBB")).isEqualTo(2);
    assertThat(index.of("BBBB")).isEqualTo(1);
    assertThat(index.of("AaAa")).isZero();
  }
}
