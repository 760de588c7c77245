package io.tidewatch.metrics;

import java.util.Arrays;

/**
 * Sums of decimals without rounding, side by side: in longs of one scale, the finest seen. A sum
 * that a long cannot hold becomes an {@link ExactSum}.
 */
final class ExactSums {

  private long[] units = {};
  private int scale;

  /** By row; null as long as all fit. */
  private ExactSum[] large;

  void reserve(int rows) {
    units = Arrays.copyOf(units, rows);
    if (large != null) {
      large = Arrays.copyOf(large, rows);
    }
  }

  /** Adds the number so many times to a row. */
  void add(int row, Decimal number, long times) {
    if (number.scale() > scale) {
      refine(number.scale());
    }
    long factor = Decimal.powerOfTen(scale - number.scale());
    long once = number.units() * factor;
    long addend = once * times;
    long sum = units[row] + addend;
    boolean fits =
        number.large() == null
            && (large == null || large[row] == null)
            && Math.multiplyHigh(number.units(), factor) == once >> Long.SIZE - 1
            && Math.multiplyHigh(once, times) == addend >> Long.SIZE - 1
            && ((units[row] ^ sum) & (addend ^ sum)) >= 0;
    if (fits) {
      units[row] = sum;
    } else {
      large(row).add(number, times);
    }
  }

  /** A row's sum, apart from what is added later. */
  ExactSum sum(int row) {
    return large == null || large[row] == null ? new ExactSum(units[row], scale) : large[row];
  }

  private ExactSum large(int row) {
    if (large == null) {
      large = new ExactSum[units.length];
    }
    if (large[row] == null) {
      large[row] = new ExactSum(units[row], scale);
    }
    return large[row];
  }

  private void refine(int finer) {
    long factor = Decimal.powerOfTen(finer - scale);
    for (int row = 0; row < units.length; row++) {
      long scaled = units[row] * factor;
      if (Math.multiplyHigh(units[row], factor) != scaled >> Long.SIZE - 1) {
        large(row);
      }
      units[row] = scaled;
    }
    scale = finer;
  }
}
