package io.tidewatch.local.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class RangePictureTest {

  private static final OptionalDouble NONE = OptionalDouble.empty();

  @Test
  void showsAValueAboveItsRange() {
    // 10 of 31 is a third of the way
    assertThat(drawn(31, NONE, OptionalDouble.of(10)))
        .isEqualTo("[===========....................●]");
  }

  @Test
  void showsAValueBelowItsRange() {
    // up to 1.25 × 100: 20 is in column 5, and 100 in column 25
    assertThat(drawn(20, OptionalDouble.of(100), NONE))
        .isEqualTo("[.....●...................=======]");
  }

  @Test
  void showsNothingWhereAllIsZero() {
    assertThat(new RangePicture(0, NONE, OptionalDouble.of(0)).drawn()).isEmpty();
  }

  private static String drawn(double value, OptionalDouble low, OptionalDouble high) {
    return new RangePicture(value, low, high).drawn().replaceAll("  = expected.*", "");
  }
}
