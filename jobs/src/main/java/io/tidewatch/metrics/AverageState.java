package io.tidewatch.metrics;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;

/** The exact sum ÷ how many. */
final class AverageState implements AggregateState {

  static final byte TAG = 3;

  private final ExactSum sum;
  private long count;

  AverageState() {
    this(new ExactSum(), 0);
  }

  AverageState(ExactSum sum, long count) {
    this.sum = sum;
    this.count = count;
  }

  @Override
  public void add(Reading reading, long times) {
    sum.add(reading.number(), times);
    count += times;
  }

  @Override
  public void merge(AggregateState other) {
    AverageState state = (AverageState) other;
    sum.merge(state.sum);
    count += state.count;
  }

  @Override
  public double value() {
    return count == 0
        ? Double.NaN
        : sum.total().divide(BigDecimal.valueOf(count), MathContext.DECIMAL128).doubleValue();
  }

  @Override
  public void write(DataOutput out) throws IOException {
    Varint.write(out, count);
    sum.write(out);
  }

  @Override
  public byte tag() {
    return TAG;
  }

  static AverageState read(DataInput in) throws IOException {
    long count = Varint.read(in);
    return new AverageState(ExactSum.read(in), count);
  }
}
