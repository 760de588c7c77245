package io.tidewatch.local.rules;

import io.tidewatch.rules.Firing;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;

/** What was measured between two times, as one line of characters: the most in each column. */
public final class Curve {

  static final int COLUMNS = 72;

  private static final String BLOCKS = "▁▂▃▄▅▆▇█";
  private static final String PLAIN = ".:-=+*%@";

  private final Instant from;
  private final double millisPerColumn;
  private final double[] most = new double[COLUMNS];

  Curve(Instant from, Instant to) {
    this.from = from;
    this.millisPerColumn = Duration.between(from, to).toMillis() / (double) COLUMNS;
    Arrays.fill(most, Double.NaN);
  }

  void add(Instant time, double value) {
    int column = column(time);
    most[column] = Double.isNaN(most[column]) ? value : Math.max(most[column], value);
  }

  /** One more of what is counted. */
  void count(Instant time) {
    int column = column(time);
    most[column] = Double.isNaN(most[column]) ? 1 : most[column] + 1;
  }

  /**
   * The values, each column between the least and the most of all; blank where there are none.
   *
   * @param fancy whether the reader can show more than ASCII
   */
  String line(boolean fancy) {
    String levels = fancy ? BLOCKS : PLAIN;
    double low = least();
    double high = greatest();
    StringBuilder line = new StringBuilder();
    for (double value : most) {
      if (Double.isNaN(value)) {
        line.append(' ');
      } else {
        double share = high > low ? (value - low) / (high - low) : 0;
        line.append(levels.charAt((int) Math.round(share * (levels.length() - 1))));
      }
    }
    return line.toString();
  }

  /** Marks the columns in which any of them was firing. */
  String marks(List<Firing> firings, Instant now) {
    char[] marks = new char[COLUMNS];
    Arrays.fill(marks, ' ');
    for (Firing firing : firings) {
      Instant end = firing.firedAt().plus(firing.lasted(now));
      for (int i = column(firing.firedAt()); i <= column(end.minusMillis(1)); i++) {
        marks[i] = '!';
      }
    }
    return new String(marks);
  }

  double least() {
    return known().min().orElse(0);
  }

  double greatest() {
    return known().max().orElse(0);
  }

  private DoubleStream known() {
    return Arrays.stream(most).filter(value -> !Double.isNaN(value));
  }

  private int column(Instant time) {
    double column = Duration.between(from, time).toMillis() / millisPerColumn;
    return (int) Math.max(0, Math.min(COLUMNS - 1, column));
  }
}
