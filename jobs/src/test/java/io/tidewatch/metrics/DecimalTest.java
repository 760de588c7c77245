package io.tidewatch.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

class DecimalTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0",
        "-0",
        "7",
        "-7.50",
        "0.0001",
        "00.5",
        "999999999999999999",
        "0.123456789012345678",
        "9999999999999999999",
        "123456789012345678901234567890.12345",
        "-9223372036854775808",
        "9007199254740993",
        "0.1",
        "179.99"
      })
  void readsPlainDecimals(String text) {
    Decimal number = Decimal.parse(text);
    assertThat(number.toBigDecimal()).isEqualByComparingTo(text);
    assertThat(number.toDouble()).isEqualTo(Double.parseDouble(text) + 0.0);
  }

  @ParameterizedTest
  @NullAndEmptySource
  @ValueSource(
      strings = {
        "-", ".", "1.", ".5", "1e5", "+1", "1,5", "0x1", "NaN", " 1", "1 ", "--1", "1.2.3"
      })
  void isNothingElse(String text) {
    assertThat(Decimal.parse(text)).isNull();
  }

  @Test
  void givesTheNearestDouble() {
    Random random = new Random(1);
    for (int i = 0; i < 100_000; i++) {
      BigDecimal number =
          BigDecimal.valueOf(random.nextLong() >> random.nextInt(60), random.nextInt(19));
      assertThat(Decimal.parse(number.toPlainString()).toDouble())
          .isEqualTo(Double.parseDouble(number.toPlainString()));
      assertThat(Decimal.of(number).toBigDecimal()).isEqualTo(number);
    }
  }
}
