package io.tidewatch.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Random;
import java.util.function.DoubleSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PercentileStateTest {

  private static final int[] PERCENTS = {50, 95, 99};

  @Test
  void takesTheNearestRank() {
    double[] ten = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10};
    assertThat(percentile(50, ten)).isEqualTo(5); // rank ⌈0.50 × 10⌉ = 5
    assertThat(percentile(95, ten)).isEqualTo(10); // rank ⌈0.95 × 10⌉ = 10
    assertThat(percentile(50, 7)).isEqualTo(7);
    assertThat(percentile(99, 3, -5)).isEqualTo(3);
    assertThat(percentile(50, 3, -5)).isEqualTo(-5); // rank ⌈0.50 × 2⌉ = 1
    assertThat(percentile(50, -3, -5, -4)).isEqualTo(-4);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 10, 999, 1_000, 4_096})
  void isExactWhileValuesAreFew(int samples) {
    double[] values = samples(Shape.LATENCIES, samples);
    for (int percent : PERCENTS) {
      assertThat(percentile(percent, values)).isEqualTo(exact(percent, values));
    }
  }

  @Test
  void isExactForManySamplesOfFewValues() {
    Random random = new Random(2);
    double[] values = new double[100_000];
    Arrays.setAll(values, i -> random.nextInt(4_000));
    for (int percent : PERCENTS) {
      assertThat(percentile(percent, values)).isEqualTo(exact(percent, values));
    }
  }

  @ParameterizedTest
  @EnumSource(Shape.class)
  void isWithinOnePercentOfRankBeyond(Shape shape) {
    for (int size : new int[] {5_000, 100_000, 1_000_000}) {
      double[] values = samples(shape, size);
      double[] sorted = values.clone();
      Arrays.sort(sorted);
      for (int percent : PERCENTS) {
        double found = percentile(percent, values);
        double allowed = size * 0.01;
        double wanted = size * percent / 100.0;
        assertThat(below(sorted, found)).isLessThanOrEqualTo((int) (wanted + allowed));
        assertThat(below(sorted, Math.nextUp(found)))
            .isGreaterThanOrEqualTo((int) (wanted - allowed));
      }
    }
  }

  private static double percentile(int percent, double... values) {
    PercentileState state = new PercentileState(percent);
    for (double value : values) {
      state.add(new Reading(null, Decimal.of(new BigDecimal(Double.toString(value))), 0), 1);
    }
    return state.value();
  }

  private static double exact(int percent, double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[(int) Math.ceil(sorted.length * percent / 100.0) - 1];
  }

  private static int below(double[] sorted, double value) {
    int index = Arrays.binarySearch(sorted, value);
    if (index < 0) {
      return -index - 1;
    }
    while (index > 0 && sorted[index - 1] == value) {
      index--;
    }
    return index;
  }

  private static double[] samples(Shape shape, int size) {
    Random random = new Random(size);
    DoubleSupplier next = shape.from(random);
    double[] values = new double[size];
    Arrays.setAll(values, i -> next.getAsDouble());
    return values;
  }

  private enum Shape {
    UNIFORM,
    LATENCIES,
    WAITS,
    HEAVY_TAIL,
    TWO_HUMPS,
    NARROW,
    AROUND_ZERO;

    DoubleSupplier from(Random random) {
      return switch (this) {
        case UNIFORM -> () -> random.nextDouble() * 1_000_000;
        case LATENCIES -> () -> 80 * Math.exp(random.nextGaussian());
        case WAITS -> () -> -Math.log(1 - random.nextDouble()) * 5_000;
        case HEAVY_TAIL -> () -> Math.pow(1 - random.nextDouble(), -1);
        case TWO_HUMPS ->
            () -> (random.nextInt(10) == 0 ? 5_000 : 50) * (1 + random.nextGaussian() * 0.1);
        case NARROW -> () -> 99.9 + random.nextDouble() * 0.1;
        case AROUND_ZERO -> random::nextGaussian;
      };
    }
  }
}
