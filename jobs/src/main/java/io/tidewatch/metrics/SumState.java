package io.tidewatch.metrics;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.math.BigDecimal;

/** The exact sum. */
final class SumState implements AggregateState {

  static final byte TAG = 2;

  private final ExactSum sum;

  SumState() {
    this(new ExactSum());
  }

  SumState(ExactSum sum) {
    this.sum = sum;
  }

  @Override
  public void add(Reading reading, long times) {
    sum.add(reading.number(), times);
  }

  @Override
  public void merge(AggregateState other) {
    sum.merge(((SumState) other).sum);
  }

  @Override
  public double value() {
    return sum.total().doubleValue();
  }

  @Override
  public BigDecimal exactValue() {
    return sum.total();
  }

  @Override
  public void write(DataOutput out) throws IOException {
    sum.write(out);
  }

  @Override
  public byte tag() {
    return TAG;
  }

  static SumState read(DataInput in) throws IOException {
    return new SumState(ExactSum.read(in));
  }
}
