package io.tidewatch.metrics;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.math.BigDecimal;

/**
 * What one input has gathered in one window and series.
 *
 * <p>The same readings give the same value in any order and by any merges.
 */
sealed interface AggregateState
    permits CountState,
        SumState,
        AverageState,
        ExtremeState,
        LastState,
        DistinctState,
        PercentileState {

  /**
   * Takes in a reading.
   *
   * @param times how often it was read; at least once
   */
  void add(Reading reading, long times);

  /** Takes in a state of the same kind and leaves that as it is. */
  void merge(AggregateState other);

  /** NaN where nothing was gathered and that is not 0. */
  double value();

  /** The exact value of a count or a sum. */
  default BigDecimal exactValue() {
    throw new IllegalStateException("only counts and sums are exact");
  }

  void write(DataOutput out) throws IOException;

  /** Names the kind in the state's format. */
  byte tag();

  static AggregateState empty(Aggregate.Function function) {
    return switch (function) {
      case COUNT -> new CountState();
      case SUM -> new SumState();
      case AVG -> new AverageState();
      case MIN, MAX -> new ExtremeState(function == Aggregate.Function.MAX);
      case LAST -> new LastState();
      case DISTINCT -> new DistinctState();
      case P50 -> new PercentileState(50);
      case P95 -> new PercentileState(95);
      case P99 -> new PercentileState(99);
    };
  }

  /** Writes the state behind a byte that names its kind. */
  static void writeTagged(AggregateState state, DataOutput out) throws IOException {
    out.writeByte(state.tag());
    state.write(out);
  }

  static AggregateState readTagged(DataInput in) throws IOException {
    byte tag = in.readByte();
    return switch (tag) {
      case CountState.TAG -> CountState.read(in);
      case SumState.TAG -> SumState.read(in);
      case AverageState.TAG -> AverageState.read(in);
      case ExtremeState.TAG -> ExtremeState.read(in);
      case LastState.TAG -> LastState.read(in);
      case DistinctState.TAG -> DistinctState.read(in);
      case PercentileState.TAG -> PercentileState.read(in);
      default -> throw new IOException("no aggregate has the tag " + tag);
    };
  }
}
