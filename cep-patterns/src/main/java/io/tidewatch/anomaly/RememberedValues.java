package io.tidewatch.anomaly;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * The values that a series has had, as few that stand for all, and how new a value is among them.
 *
 * <p>A value near a remembered one is the same; of too many the one not seen for longest goes. What
 * was seen long ago counts as farther away, sooner so if it was seen on few occasions: thus the
 * same trouble is news again, and the usual extremes of noise are not. Distances are shares of the
 * range of values, in which an outlier has only so much say.
 */
final class RememberedValues {

  private static final int CAPACITY = 64;
  private static final double SAME_WITHIN = 0.02;
  private static final double FORGOTTEN_AFTER_ROWS = 6000;
  private static final int OCCASION_ROWS = 200;
  private static final int SILENT_ROWS = 100;
  private static final double UNSURE_ROWS = 200;
  private static final double RANGE_GROWTH = 4;
  private static final double RANGE_DECAY = 1e-5;
  private static final double STEP_LEARNING = 0.001;
  private static final double MOST_NOVEL = 50;

  /** Beyond the range that any value has at all. */
  private static final double OUT_OF_NOTHING = 1000;

  private final double steps;
  private final float[] values = new float[CAPACITY];
  private final int[] lastSeen = new int[CAPACITY];
  private final int[] occasionSince = new int[CAPACITY];
  private final short[] occasions = new short[CAPACITY];
  private int size;
  private int rows;
  private double lowest;
  private double highest;
  private double previous;
  private double meanStep;

  /**
   * @param steps how many of the usual steps from row to row widen the range, so that what is only
   *     noise is not new
   */
  RememberedValues(double steps) {
    this.steps = steps;
  }

  /** How new the value is: the share of the range to the nearest one known. Then it is known. */
  double learn(double value) {
    if (rows == 0) {
      lowest = value;
      highest = value;
      previous = value;
    }
    rows++;
    double novelty = size == 0 ? 0 : novelty(value);
    remember(value);
    double range = highest - lowest;
    double low = lowest + RANGE_DECAY * range;
    double high = highest - RANGE_DECAY * range;
    lowest = Math.min(low, range > 0 ? Math.max(value, low - RANGE_GROWTH * range) : value);
    highest = Math.max(high, range > 0 ? Math.min(value, high + RANGE_GROWTH * range) : value);
    meanStep += Math.max(STEP_LEARNING, 1.0 / rows) * (Math.abs(value - previous) - meanStep);
    previous = value;
    return rows <= SILENT_ROWS ? 0 : Math.min(novelty, MOST_NOVEL) * sureness();
  }

  /**
   * The band of values known, each near the next, that is nearest to the value. A value that was
   * new lately is no part of it.
   *
   * @param apart what separates two bands, as a novelty
   */
  ExpectedRange bandNearest(double value, double apart) {
    double[] known = expectedValues(apart);
    ExpectedRange nearest = null;
    double gap = apart * scale();
    for (int from = 0; from < known.length; ) {
      int to = from;
      while (to + 1 < known.length && known[to + 1] - known[to] <= gap) {
        to++;
      }
      ExpectedRange band = around(known[from], known[to]);
      if (nearest == null || band.distanceTo(value) < nearest.distanceTo(value)) {
        nearest = band;
      }
      from = to + 1;
    }
    return nearest == null ? new ExpectedRange(lowest, highest, false) : nearest;
  }

  /**
   * Whether anything near the value is remembered, be it from long ago.
   *
   * @param near a novelty
   */
  boolean knows(double value, double near) {
    int nearest = nearest(value);
    return nearest >= 0 && Math.abs(values[nearest] - value) <= near * scale();
  }

  private ExpectedRange around(double low, double high) {
    double same = SAME_WITHIN * (highest - lowest);
    return new ExpectedRange(Math.max(low - same, lowest), Math.min(high + same, highest), false);
  }

  /** Those seen on several occasions, or long enough ago and not forgotten; sorted. */
  private double[] expectedValues(double apart) {
    double[] known = new double[size];
    int count = 0;
    for (int i = 0; i < size; i++) {
      boolean isUsual = rows <= OCCASION_ROWS || occasions[i] > 1 || isOld(i);
      if (isUsual && fading(i) < apart) {
        known[count++] = values[i];
      }
    }
    double[] sorted = Arrays.copyOf(known, count);
    Arrays.sort(sorted);
    return sorted;
  }

  private boolean isOld(int i) {
    return rows - occasionSince[i] > OCCASION_ROWS;
  }

  private double novelty(double value) {
    double scale = scale();
    double least = Double.POSITIVE_INFINITY;
    for (int i = 0; i < size; i++) {
      double distance = Math.abs(values[i] - value);
      double far = distance == 0 ? 0 : scale > 0 ? distance / scale : OUT_OF_NOTHING;
      least = Math.min(least, far + fading(i));
    }
    return least;
  }

  private double fading(int i) {
    double age = (rows - lastSeen[i]) / FORGOTTEN_AFTER_ROWS;
    double seen = occasions[i];
    return age * age / (seen * seen);
  }

  private double scale() {
    double range = highest - lowest;
    return range > 0 ? range + steps * meanStep : 0;
  }

  /** Of few rows little is known, and much is new. */
  private double sureness() {
    double square = (double) rows * rows;
    return square / (square + UNSURE_ROWS * UNSURE_ROWS);
  }

  private void remember(double value) {
    int nearest = nearest(value);
    double range = highest - lowest;
    if (nearest >= 0 && Math.abs(values[nearest] - value) <= SAME_WITHIN * range) {
      if (isOld(nearest)) {
        occasions[nearest] = (short) Math.min(occasions[nearest] + 1, Short.MAX_VALUE);
        occasionSince[nearest] = rows;
      }
      lastSeen[nearest] = rows;
      return;
    }
    int place = size < CAPACITY ? size++ : leastRecentlySeen();
    values[place] = (float) value;
    lastSeen[place] = rows;
    occasionSince[place] = rows;
    occasions[place] = 1;
  }

  private int nearest(double value) {
    int nearest = -1;
    for (int i = 0; i < size; i++) {
      if (nearest < 0 || Math.abs(values[i] - value) < Math.abs(values[nearest] - value)) {
        nearest = i;
      }
    }
    return nearest;
  }

  private int leastRecentlySeen() {
    int least = 0;
    for (int i = 1; i < size; i++) {
      if (lastSeen[i] < lastSeen[least]) {
        least = i;
      }
    }
    return least;
  }

  void write(DataOutput out) throws IOException {
    out.writeInt(rows);
    out.writeDouble(lowest);
    out.writeDouble(highest);
    out.writeDouble(previous);
    out.writeDouble(meanStep);
    out.writeInt(size);
    for (int i = 0; i < size; i++) {
      out.writeFloat(values[i]);
      out.writeInt(lastSeen[i]);
      out.writeInt(occasionSince[i]);
      out.writeShort(occasions[i]);
    }
  }

  void read(DataInput in) throws IOException {
    rows = in.readInt();
    lowest = in.readDouble();
    highest = in.readDouble();
    previous = in.readDouble();
    meanStep = in.readDouble();
    size = in.readInt();
    for (int i = 0; i < size; i++) {
      values[i] = in.readFloat();
      lastSeen[i] = in.readInt();
      occasionSince[i] = in.readInt();
      occasions[i] = in.readShort();
    }
  }
}
