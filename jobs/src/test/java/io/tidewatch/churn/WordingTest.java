package io.tidewatch.churn;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordingTest {

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "-0.4, 0",
    "999.4, 999",
    "999.5, '1,000'",
    "-1234, '-1,234'",
    "2e6, '2,000,000'"
  })
  void wholeNumbersAreRoundedAndGrouped(double number, String text) {
    assertThat(Wording.whole(number)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({"0, 0 %", "0.0004, 0.0 %", "0.0995, 10.0 %", "0.1, 10 %", "0.125, 13 %", "1, 100 %"})
  void smallSharesHaveADecimal(double share, String text) {
    assertThat(Wording.percent(share)).isEqualTo(text);
  }
}
