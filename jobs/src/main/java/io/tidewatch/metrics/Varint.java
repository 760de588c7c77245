package io.tidewatch.metrics;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** Whole numbers in as few bytes as they need, seven bits each. */
public final class Varint {

  private static final int BITS = 7;
  private static final int MASK = (1 << BITS) - 1;
  private static final int MORE = 1 << BITS;

  private Varint() {}

  /** Numbers near 0 are shortest; a negative one takes ten bytes. */
  public static void write(DataOutput out, long number) throws IOException {
    long rest = number;
    while ((rest & ~MASK) != 0) {
      out.writeByte((int) (rest & MASK | MORE));
      rest >>>= BITS;
    }
    out.writeByte((int) rest);
  }

  public static long read(DataInput in) throws IOException {
    long number = 0;
    for (int shift = 0; shift < Long.SIZE; shift += BITS) {
      byte next = in.readByte();
      number |= (long) (next & MASK) << shift;
      if (next >= 0) {
        return number;
      }
    }
    throw new IOException("a number has more than 64 bits");
  }
}
