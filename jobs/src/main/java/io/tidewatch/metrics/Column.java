package io.tidewatch.metrics;

import java.util.Arrays;

/**
 * What one input gathers, row by row: for each row the same as an {@link AggregateState} would, but
 * plain numbers lie side by side, as that is where many rows at a time are quick.
 */
abstract sealed class Column {

  /** Takes a reading into a row; rows that it takes nothing into are empty. */
  abstract void add(int row, Reading reading, long times);

  /** What the row has gathered. */
  abstract AggregateState state(int row);

  /** Makes room for so many rows. */
  abstract void reserve(int rows);

  static Column of(Aggregate.Function function) {
    return switch (function) {
      case COUNT -> new Counts();
      case SUM -> new Sums();
      case AVG -> new Averages();
      case MIN, MAX -> new Extremes(function == Aggregate.Function.MAX);
      case LAST, DISTINCT, P50, P95, P99 -> new States(function);
    };
  }

  /** How many. */
  private static final class Counts extends Column {

    private long[] counts = {};

    @Override
    void add(int row, Reading reading, long times) {
      counts[row] += times;
    }

    @Override
    AggregateState state(int row) {
      return new CountState(counts[row]);
    }

    @Override
    void reserve(int rows) {
      counts = Arrays.copyOf(counts, rows);
    }
  }

  /** Exact sums. */
  private static final class Sums extends Column {

    private final ExactSums sums = new ExactSums();

    @Override
    void add(int row, Reading reading, long times) {
      sums.add(row, reading.number(), times);
    }

    @Override
    AggregateState state(int row) {
      return new SumState(sums.sum(row));
    }

    @Override
    void reserve(int rows) {
      sums.reserve(rows);
    }
  }

  /** Exact sums, with how many there were. */
  private static final class Averages extends Column {

    private final ExactSums sums = new ExactSums();
    private long[] counts = {};

    @Override
    void add(int row, Reading reading, long times) {
      sums.add(row, reading.number(), times);
      counts[row] += times;
    }

    @Override
    AggregateState state(int row) {
      return new AverageState(sums.sum(row), counts[row]);
    }

    @Override
    void reserve(int rows) {
      sums.reserve(rows);
      counts = Arrays.copyOf(counts, rows);
    }
  }

  /** The least or the greatest. */
  private static final class Extremes extends Column {

    private final boolean greatest;
    private double[] extremes = {};

    Extremes(boolean greatest) {
      this.greatest = greatest;
    }

    @Override
    void add(int row, Reading reading, long times) {
      extremes[row] = ExtremeState.of(greatest, extremes[row], reading.number().toDouble());
    }

    @Override
    AggregateState state(int row) {
      return new ExtremeState(greatest, extremes[row]);
    }

    @Override
    void reserve(int rows) {
      int known = extremes.length;
      extremes = Arrays.copyOf(extremes, rows);
      Arrays.fill(extremes, known, rows, Double.NaN);
    }
  }

  /** Whatever takes more than a few numbers. */
  private static final class States extends Column {

    private final Aggregate.Function function;
    private AggregateState[] states = {};

    States(Aggregate.Function function) {
      this.function = function;
    }

    @Override
    void add(int row, Reading reading, long times) {
      if (states[row] == null) {
        states[row] = AggregateState.empty(function);
      }
      states[row].add(reading, times);
    }

    @Override
    AggregateState state(int row) {
      return states[row] == null ? AggregateState.empty(function) : states[row];
    }

    @Override
    void reserve(int rows) {
      states = Arrays.copyOf(states, rows);
    }
  }
}
