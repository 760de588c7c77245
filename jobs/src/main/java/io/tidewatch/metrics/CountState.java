package io.tidewatch.metrics;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.math.BigDecimal;

/** How many. */
final class CountState implements AggregateState {

  static final byte TAG = 1;

  private long count;

  CountState() {}

  CountState(long count) {
    this.count = count;
  }

  @Override
  public void add(Reading reading, long times) {
    count += times;
  }

  @Override
  public void merge(AggregateState other) {
    count += ((CountState) other).count;
  }

  @Override
  public double value() {
    return count;
  }

  @Override
  public BigDecimal exactValue() {
    return BigDecimal.valueOf(count);
  }

  @Override
  public void write(DataOutput out) throws IOException {
    Varint.write(out, count);
  }

  @Override
  public byte tag() {
    return TAG;
  }

  static CountState read(DataInput in) throws IOException {
    CountState read = new CountState();
    read.count = Varint.read(in);
    return read;
  }
}
