package io.tidewatch.metrics;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * A sum of decimals without rounding.
 *
 * <p>Adds in a long at the finest scale seen; what a long cannot hold moves over into a {@link
 * BigDecimal}.
 */
final class ExactSum {

  private long units;
  private int scale;
  private BigDecimal beyond = BigDecimal.ZERO;

  ExactSum() {}

  /** The sum {@code units × 10^-scale}. */
  ExactSum(long units, int scale) {
    this.units = units;
    this.scale = scale;
  }

  /** Adds the number so many times. */
  void add(Decimal number, long times) {
    long units = number.units() * times;
    boolean fits =
        number.large() == null
            && Math.multiplyHigh(number.units(), times) == units >> Long.SIZE - 1;
    if (fits) {
      add(units, number.scale());
    } else {
      beyond = beyond.add(number.toBigDecimal().multiply(BigDecimal.valueOf(times)));
    }
  }

  void merge(ExactSum other) {
    add(other.units, other.scale);
    beyond = beyond.add(other.beyond);
  }

  BigDecimal total() {
    return BigDecimal.valueOf(units, scale).add(beyond);
  }

  private void add(long addend, int addendScale) {
    if (addendScale > scale) {
      refine(addendScale);
    }
    long factor = Decimal.powerOfTen(scale - addendScale);
    long scaled = addend * factor;
    long sum = units + scaled;
    boolean overflows =
        Math.multiplyHigh(addend, factor) != scaled >> Long.SIZE - 1
            || ((units ^ sum) & (scaled ^ sum)) < 0;
    if (overflows) {
      beyond = beyond.add(BigDecimal.valueOf(addend, addendScale));
    } else {
      units = sum;
    }
  }

  private void refine(int finer) {
    long factor = Decimal.powerOfTen(finer - scale);
    long scaled = units * factor;
    if (Math.multiplyHigh(units, factor) == scaled >> Long.SIZE - 1) {
      units = scaled;
    } else {
      beyond = beyond.add(BigDecimal.valueOf(units, scale));
      units = 0;
    }
    scale = finer;
  }

  void write(DataOutput out) throws IOException {
    boolean fits = beyond.signum() == 0;
    out.writeByte(fits ? scale : -1 - scale);
    Varint.write(out, units << 1 ^ units >> Long.SIZE - 1);
    if (!fits) {
      byte[] bytes = beyond.unscaledValue().toByteArray();
      out.writeInt(beyond.scale());
      Varint.write(out, bytes.length);
      out.write(bytes);
    }
  }

  static ExactSum read(DataInput in) throws IOException {
    ExactSum read = new ExactSum();
    byte scale = in.readByte();
    long units = Varint.read(in);
    read.scale = scale >= 0 ? scale : -1 - scale;
    read.units = units >>> 1 ^ -(units & 1);
    if (scale < 0) {
      int beyondScale = in.readInt();
      byte[] bytes = new byte[(int) Varint.read(in)];
      in.readFully(bytes);
      read.beyond = new BigDecimal(new BigInteger(bytes), beyondScale);
    }
    return read;
  }
}
