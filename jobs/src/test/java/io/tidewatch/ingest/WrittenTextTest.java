package io.tidewatch.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class WrittenTextTest {

  @Test
  void aTextIsFoundWhereItStandsAndNowhereElse() {
    SplittableRandom random = new SplittableRandom(7);
    for (int i = 0; i < 100_000; i++) {
      String text = text(random, 1 + random.nextInt(20));
      String before = text(random, random.nextInt(10));
      String after = text(random, random.nextInt(10));
      WrittenText written = new WrittenText(text);
      assertThat(written.length()).isEqualTo(text.getBytes(UTF_8).length);

      String record = before + text + after;
      int position = before.getBytes(UTF_8).length;
      assertThat(written.isAt(position, record.getBytes(UTF_8))).isTrue();

      int changed = random.nextInt(text.length());
      String other =
          before + text.substring(0, changed) + '?' + text.substring(changed + 1) + after;
      assertThat(written.isAt(position, other.getBytes(UTF_8))).isFalse();
    }
  }

  @Test
  void aTextThatTheRecordBreaksOffInIsNotThere() {
    byte[] record = "{\"customer_i".getBytes(UTF_8);
    assertThat(new WrittenText("customer_id\":").isAt(2, record)).isFalse();
    assertThat(new WrittenText("customer_i").isAt(2, record)).isTrue();
    assertThat(new WrittenText("id").isAt(record.length, record)).isFalse();
  }

  private static String text(SplittableRandom random, int length) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      text.append("ab_\":é".charAt(random.nextInt(6)));
    }
    return text.toString();
  }
}
