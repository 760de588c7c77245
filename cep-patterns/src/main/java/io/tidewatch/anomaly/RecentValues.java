package io.tidewatch.anomaly;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/** The last so many values of something, of which the median or the mean is asked. */
final class RecentValues {

  private final double[] values;
  private long rows;

  RecentValues(int size) {
    values = new double[size];
  }

  void add(double value) {
    values[(int) (rows++ % values.length)] = value;
  }

  boolean isFull() {
    return rows >= values.length;
  }

  double median() {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }

  double mean() {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum / values.length;
  }

  void write(DataOutput out) throws IOException {
    out.writeLong(rows);
    for (double value : values) {
      out.writeDouble(value);
    }
  }

  void read(DataInput in) throws IOException {
    rows = in.readLong();
    for (int i = 0; i < values.length; i++) {
      values[i] = in.readDouble();
    }
  }
}
