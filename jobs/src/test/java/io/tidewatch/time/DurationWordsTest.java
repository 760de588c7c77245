package io.tidewatch.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DurationWordsTest {

  @ParameterizedTest
  @CsvSource({
    "PT0S, 0 s",
    "PT1M59.9S, 119 s",
    "PT2M, 2 min",
    "PT1H59M59S, 119 min",
    "PT2H, 2 h",
    "PT47H59M, 47 h",
    "PT48H, 2 days",
    "PT100H, 4 days"
  })
  void aUnitBeginsWhereThereAreTwoOfIt(Duration duration, String words) {
    assertThat(DurationWords.of(duration)).isEqualTo(words);
  }
}
