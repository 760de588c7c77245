package io.tidewatch.local.alerts;

import java.util.OptionalDouble;
import java.util.stream.DoubleStream;

/**
 * A value and the range that it should have been in, as a picture for the terminal.
 *
 * @param low where the range begins; empty if nothing is too little
 * @param high where it ends; empty if nothing is too much
 */
public record RangePicture(double value, OptionalDouble low, OptionalDouble high) {

  private static final int WIDTH = 32;

  /** What is left of the picture beyond a range that has no end. */
  private static final double OPEN_END = 1.25;

  /** Such as {@code [=====.................●]}: the range from where it begins, and the value. */
  String drawn() {
    double from = bounds().min().orElseThrow();
    double to = bounds().max().orElseThrow() * (high.isPresent() ? 1 : OPEN_END);
    if (to <= from) {
      return "";
    }
    int begin = column(low.orElse(from), from, to);
    int end = column(high.orElse(to), from, to);
    StringBuilder picture = new StringBuilder("[");
    for (int column = 0; column < WIDTH; column++) {
      picture.append(column >= begin && column <= end ? '=' : '.');
    }
    picture.setCharAt(1 + column(value, from, to), '●');
    return picture.append("]  = expected  ● measured").toString();
  }

  private DoubleStream bounds() {
    return DoubleStream.concat(
        DoubleStream.of(0, value), DoubleStream.concat(low.stream(), high.stream()));
  }

  private static int column(double number, double from, double to) {
    return (int) Math.round((number - from) / (to - from) * (WIDTH - 1));
  }
}
