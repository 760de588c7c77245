package io.tidewatch.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommonTextsTest {

  private final CommonTexts texts = new CommonTexts();

  @ParameterizedTest
  @ValueSource(strings = {"2", "POST", "1234567", "12345678", "/api/v1/resources/149"})
  void aTextThatComesAgainIsTheSameObject(String text) {
    assertThat(of(text)).isEqualTo(text).isSameAs(of(text));
  }

  @Test
  void whateverTextsCameBeforeEachIsWhatItsBytesSay() {
    SplittableRandom random = new SplittableRandom(5);
    String alphabet = "ab\0é日";
    for (int i = 0; i < 300_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int length = random.nextInt(CommonTexts.LONGEST + 3); length > 0; length--) {
        int letters = random.nextInt(8) == 0 ? alphabet.length() : 2;
        text.append(alphabet.charAt(random.nextInt(letters)));
      }
      assertThat(of(text.toString())).isEqualTo(text.toString());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"2", "POST", "1234567"})
  void aShortTextIsTheSameAtTheEndOfARecord(String text) {
    byte[] alone = text.getBytes(StandardCharsets.UTF_8);
    assertThat(texts.of(alone, 0, alone.length)).isEqualTo(text).isSameAs(of(text));
  }

  private String of(String text) {
    byte[] bytes = ("before" + text + "after").getBytes(StandardCharsets.UTF_8);
    return texts.of(bytes, "before".length(), bytes.length - "after".length());
  }
}
