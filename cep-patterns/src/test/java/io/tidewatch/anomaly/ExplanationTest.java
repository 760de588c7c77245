package io.tidewatch.anomaly;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.anomaly.Assessment.Finding;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ExplanationTest {

  private static final ExpectedRange AT_HOUR = new ExpectedRange(180, 260, true);
  private static final ExpectedRange EVER = new ExpectedRange(180, 260, false);
  private final Explanation explanation = new Explanation(value -> Long.toString((long) value));

  @Test
  void namesTheExpectedRangeAndTheHourItIsFor() {
    assertThat(of(Finding.HOUR, 412, AT_HOUR, false))
        .isEqualTo("412; 180–260 expected for Monday 09:00; nothing near it seen before");
    assertThat(of(Finding.HOUR, 412, AT_HOUR, true))
        .isEqualTo("412; 180–260 expected for Monday 09:00");
  }

  @Test
  void tellsTheNewFromTheForgotten() {
    assertThat(of(Finding.VALUE, 412, EVER, false))
        .isEqualTo("412; 180–260 expected; nothing near it seen before");
    assertThat(of(Finding.VALUE, 412, EVER, true))
        .isEqualTo("412; 180–260 expected; nothing near it seen for long");
  }

  @Test
  void saysWhatIsOddWhereItIsNotTheValue() {
    assertThat(of(Finding.LEVEL, 300, new ExpectedRange(200, 200, false), true))
        .isEqualTo("412; the level of the last values is 300, 200 expected");
    assertThat(of(Finding.DRIFT, 30, new ExpectedRange(-5, 5, false), true))
        .isEqualTo(
            "412; the last values are on average 30 from what is usual at their hours, -5–5"
                + " expected");
  }

  private String of(Finding finding, double figure, ExpectedRange expected, boolean known) {
    return explanation.of(
        new Assessment(412, 0.9, finding, figure, expected, known, Duration.ofDays(28)),
        "Monday 09:00");
  }
}
