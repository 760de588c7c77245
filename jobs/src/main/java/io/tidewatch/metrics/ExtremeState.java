package io.tidewatch.metrics;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** The least or the greatest. */
final class ExtremeState implements AggregateState {

  static final byte TAG = 4;

  private final boolean greatest;
  private double extreme;

  ExtremeState(boolean greatest) {
    this(greatest, Double.NaN);
  }

  ExtremeState(boolean greatest, double extreme) {
    this.greatest = greatest;
    this.extreme = extreme;
  }

  /** The greater or the lesser of two, of which the first may be NaN for none. */
  static double of(boolean greatest, double extreme, double value) {
    boolean isMore = Double.isNaN(extreme) || (greatest ? value > extreme : value < extreme);
    return isMore ? value : extreme;
  }

  @Override
  public void add(Reading reading, long times) {
    take(reading.number().toDouble());
  }

  @Override
  public void merge(AggregateState other) {
    take(((ExtremeState) other).extreme);
  }

  private void take(double value) {
    extreme = of(greatest, extreme, value);
  }

  @Override
  public double value() {
    return extreme;
  }

  @Override
  public void write(DataOutput out) throws IOException {
    out.writeBoolean(greatest);
    out.writeDouble(extreme);
  }

  @Override
  public byte tag() {
    return TAG;
  }

  static ExtremeState read(DataInput in) throws IOException {
    ExtremeState read = new ExtremeState(in.readBoolean());
    read.extreme = in.readDouble();
    return read;
  }
}
