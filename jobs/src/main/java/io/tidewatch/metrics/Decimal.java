package io.tidewatch.metrics;

import java.math.BigDecimal;

/**
 * An exact decimal number as events carry it: {@code units × 10^-scale}, or {@code large} where
 * that needs more than 18 digits.
 *
 * @param large null unless the number does not fit the other two
 */
record Decimal(long units, int scale, BigDecimal large) {

  static final int MAX_DIGITS = 18;

  private static final int MAX_LENGTH = 300;
  private static final long EXACT_IN_DOUBLE = 1L << 53;
  private static final double[] POWERS = powersOfTen();
  private static final long[] WHOLE_POWERS = wholePowersOfTen();

  static Decimal of(BigDecimal number) {
    boolean small =
        number.precision() <= MAX_DIGITS && number.scale() >= 0 && number.scale() <= MAX_DIGITS;
    return small
        ? new Decimal(number.unscaledValue().longValue(), number.scale(), null)
        : new Decimal(0, 0, number);
  }

  /** The number in plain decimal notation; null if the text is not one. */
  static Decimal parse(String text) {
    if (text == null || text.isEmpty() || text.length() > MAX_LENGTH) {
      return null;
    }
    boolean negative = text.charAt(0) == '-';
    int start = negative ? 1 : 0;
    long units = 0;
    int digits = 0;
    int point = -1;
    for (int i = start; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '.' && point < 0 && digits > 0) {
        point = i;
      } else if (c >= '0' && c <= '9') {
        digits++;
        units = units * 10 + (c - '0');
      } else {
        return null;
      }
    }
    if (digits == 0 || point == text.length() - 1) {
      return null;
    }
    if (digits > MAX_DIGITS) {
      return of(new BigDecimal(text));
    }
    return new Decimal(negative ? -units : units, point < 0 ? 0 : text.length() - 1 - point, null);
  }

  /** The nearest double. */
  double toDouble() {
    if (large != null) {
      return large.doubleValue();
    }
    if (units > -EXACT_IN_DOUBLE && units < EXACT_IN_DOUBLE) {
      return units / POWERS[scale];
    }
    return toBigDecimal().doubleValue();
  }

  BigDecimal toBigDecimal() {
    return large == null ? BigDecimal.valueOf(units, scale) : large;
  }

  /**
   * @param exponent from 0 to {@link #MAX_DIGITS}
   */
  static long powerOfTen(int exponent) {
    return WHOLE_POWERS[exponent];
  }

  private static long[] wholePowersOfTen() {
    long[] powers = new long[MAX_DIGITS + 1];
    long power = 1;
    for (int i = 0; i <= MAX_DIGITS; i++) {
      powers[i] = power;
      power *= 10;
    }
    return powers;
  }

  private static double[] powersOfTen() {
    double[] powers = new double[MAX_DIGITS + 1];
    double power = 1;
    for (int i = 0; i <= MAX_DIGITS; i++) {
      powers[i] = power;
      power *= 10;
    }
    return powers;
  }
}
