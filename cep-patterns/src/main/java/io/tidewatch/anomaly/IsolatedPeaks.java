package io.tidewatch.anomaly;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Lets through what towers above all that was shortly before, so that one trouble is one peak.
 *
 * <p>Shortly before are so many rows, and no longer ago than so many seconds.
 */
final class IsolatedPeaks {

  private static final double TOWERING = 1.4;

  private final float[] heights;
  private final long[] seconds;
  private final long longest;
  private long rows;

  IsolatedPeaks(int rows, long longest) {
    this.heights = new float[rows];
    this.seconds = new long[rows];
    this.longest = longest;
  }

  boolean isPeak(double height, long second) {
    double highest = 0;
    int known = (int) Math.min(rows, heights.length);
    for (int i = 0; i < known; i++) {
      if (second - seconds[i] <= longest) {
        highest = Math.max(highest, heights[i]);
      }
    }
    int place = (int) (rows++ % heights.length);
    heights[place] = (float) height;
    seconds[place] = second;
    return height > TOWERING * highest;
  }

  void write(DataOutput out) throws IOException {
    out.writeLong(rows);
    for (int i = 0; i < Math.min(rows, heights.length); i++) {
      out.writeFloat(heights[i]);
      out.writeLong(seconds[i]);
    }
  }

  void read(DataInput in) throws IOException {
    rows = in.readLong();
    for (int i = 0; i < Math.min(rows, heights.length); i++) {
      heights[i] = in.readFloat();
      seconds[i] = in.readLong();
    }
  }
}
