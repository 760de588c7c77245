package io.tidewatch.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.metrics.Unit;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SentencesTest {

  @ParameterizedTest
  @CsvSource({
    "0, 0.00",
    "0.005, 0.01",
    "-12.5, -12.50",
    "998.994, 998.99",
    "999.995, '1,000.00'",
    "1234567.891, '1,234,567.89'",
    "-1000, '-1,000.00'"
  })
  void moneyHasCentsAndGroups(double value, String text) {
    assertThat(Sentences.figure(Unit.CURRENCY, value)).isEqualTo(text);
  }

  @Test
  void moneyIsRoundedAsTheFormatterDoes() {
    Random random = new Random(11);
    for (int i = 0; i < 10_000; i++) {
      double value = random.nextInt(-999_000, 999_000) / 1000.0;
      String formatted =
          String.format(Locale.ENGLISH, "%,.2f", value).replaceFirst("^-0\\.00$", "0.00");
      assertThat(Sentences.figure(Unit.CURRENCY, value)).isEqualTo(formatted);
    }
  }
}
