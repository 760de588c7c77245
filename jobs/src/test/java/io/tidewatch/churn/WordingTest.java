package io.tidewatch.churn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
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

  @Test
  void sharesAreRoundedAsTheFormatterDoes() {
    Random random = new Random(11);
    for (int i = 0; i < 10_000; i++) {
      double share = random.nextInt(1, 100_000) / 100_000.0;
      assertThat(Wording.percent(share))
          .isEqualTo(String.format(Locale.ROOT, share < 0.1 ? "%.1f %%" : "%.0f %%", share * 100));
    }
  }

  @ParameterizedTest
  @CsvSource({"0, 0 %", "0.0004, 0.0 %", "0.0995, 10.0 %", "0.1, 10 %", "0.125, 13 %", "1, 100 %"})
  void smallSharesHaveADecimal(double share, String text) {
    assertThat(Wording.percent(share)).isEqualTo(text);
  }
}
