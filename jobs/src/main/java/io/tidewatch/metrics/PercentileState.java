package io.tidewatch.metrics;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * A percentile by nearest rank.
 *
 * <p>Exact while there are at most 4,096 different values, however many samples. Beyond, values
 * share buckets: each loses the same number of its lowest bits, the fewest that leave 4,096
 * buckets. How many that is depends on the values alone and not on their order, since buckets only
 * ever double. The result then lies in the bucket of the nearest-rank sample, placed by its rank
 * within it.
 *
 * <p>So the error of rank is below the bucket's share of the samples. A bucket spans an equal part
 * of an octave (1/128 to 1/512 of its values, for samples over five to twenty octaves), and holds a
 * few tenths of a percent of the samples of latencies, durations or amounts. Values that crowd
 * within one such span beside others many octaves away get no finer answer than that span.
 */
final class PercentileState implements AggregateState {

  static final byte TAG = 7;

  private static final int MAX_BUCKETS = 4_096;

  private final int percent;
  private LongCounts buckets = new LongCounts();
  private int droppedBits;
  private long samples;
  private long least = Long.MAX_VALUE;
  private long greatest = Long.MIN_VALUE;

  PercentileState(int percent) {
    this.percent = percent;
  }

  @Override
  public void add(Reading reading, long times) {
    long value = sortable(reading.number().toDouble());
    samples += times;
    least = Math.min(least, value);
    greatest = Math.max(greatest, value);
    addToBucket(value, times);
  }

  @Override
  public void merge(AggregateState other) {
    PercentileState state = (PercentileState) other;
    samples += state.samples;
    least = Math.min(least, state.least);
    greatest = Math.max(greatest, state.greatest);
    if (state.droppedBits > droppedBits) {
      dropBits(state.droppedBits);
    }
    buckets.reserve(state.buckets.size());
    state.buckets.forEach(this::addToBucket);
  }

  private void addToBucket(long value, long count) {
    buckets.add(truncated(value), count);
    if (buckets.size() > MAX_BUCKETS) {
      dropBits(fewestBitsThatFit());
    }
  }

  private long truncated(long value) {
    return value >> droppedBits << droppedBits;
  }

  private void dropBits(int bits) {
    LongCounts finer = buckets;
    buckets = new LongCounts();
    droppedBits = bits;
    finer.forEach((bucket, count) -> buckets.add(truncated(bucket), count));
  }

  /** Two neighbours stay apart as long as their highest different bit is kept. */
  private int fewestBitsThatFit() {
    long[] sorted = buckets.sortedKeys();
    int[] apartByBit = new int[Long.SIZE];
    for (int i = 1; i < sorted.length; i++) {
      apartByBit[Long.SIZE - 1 - Long.numberOfLeadingZeros(sorted[i - 1] ^ sorted[i])]++;
    }
    int left = sorted.length;
    int bits = 0;
    while (left > MAX_BUCKETS) {
      left -= apartByBit[bits++];
    }
    return bits;
  }

  @Override
  public double value() {
    if (samples == 0) {
      return Double.NaN;
    }
    long rank = Math.max(1, (samples * percent + 99) / 100);
    long before = 0;
    long[] sorted = buckets.sortedKeys();
    int i = 0;
    while (before + buckets.count(sorted[i]) < rank) {
      before += buckets.count(sorted[i++]);
    }
    return within(sorted[i], (rank - before - 0.5) / buckets.count(sorted[i]));
  }

  private double within(long bucket, double share) {
    double from = number(Math.max(bucket, least));
    double to = number(Math.min(bucket | (1L << droppedBits) - 1, greatest));
    return from + (to - from) * share;
  }

  /** A whole number that sorts as the double does; its lowest bits are the double's finest. */
  private static long sortable(double value) {
    long bits = Double.doubleToLongBits(value);
    return bits ^ bits >> Long.SIZE - 1 & Long.MAX_VALUE;
  }

  private static double number(long sortable) {
    return Double.longBitsToDouble(sortable ^ sortable >> Long.SIZE - 1 & Long.MAX_VALUE);
  }

  @Override
  public void write(DataOutput out) throws IOException {
    out.writeByte(percent);
    out.writeByte(droppedBits);
    out.writeLong(least);
    out.writeLong(greatest);
    Varint.write(out, samples);
    Varint.write(out, buckets.size());
    buckets.forEach(
        (bucket, count) -> {
          // Round numbers and truncated ones end in zero bits: reversed, they are short.
          Varint.write(out, Long.reverse(bucket));
          Varint.write(out, count);
        });
  }

  @Override
  public byte tag() {
    return TAG;
  }

  static PercentileState read(DataInput in) throws IOException {
    PercentileState read = new PercentileState(in.readByte());
    read.droppedBits = in.readByte();
    read.least = in.readLong();
    read.greatest = in.readLong();
    read.samples = Varint.read(in);
    int size = (int) Varint.read(in);
    read.buckets.reserve(size);
    for (int i = 0; i < size; i++) {
      read.buckets.add(Long.reverse(Varint.read(in)), Varint.read(in));
    }
    return read;
  }
}
