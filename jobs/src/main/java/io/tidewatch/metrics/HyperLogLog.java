package io.tidewatch.metrics;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Estimates how many different hashes it saw, in 128 KiB: 2^17 registers of the longest run of
 * zeros, after Flajolet et al. (2007), read by the improved estimator of Ertl (2017), which has no
 * bias at small or large numbers and needs no tables.
 *
 * <p>The standard error is 1.04 ÷ √2^17 = 0.29 %, so that 1 % is three and a half of them.
 *
 * <p>It is written here because the libraries' sketches either remember the order in which they
 * were fed (historic inverse probability estimators), and a merge or a replay would then change the
 * number, or ask for another Java release than the rest of the house. Here a register is a maximum:
 * the same hashes make the same registers in any order and any merge.
 */
final class HyperLogLog {

  private static final int INDEX_BITS = 17;
  private static final int REGISTERS = 1 << INDEX_BITS;
  private static final int HASH_BITS = Long.SIZE - INDEX_BITS;
  private static final double SCALE = 0.5 / Math.log(2);

  /** Beyond this, all registers take fewer bytes than the used ones with their places. */
  private static final int SPARSE = REGISTERS / 3;

  private final byte[] registers = new byte[REGISTERS];

  void add(long hash) {
    int index = (int) (hash >>> HASH_BITS);
    long rest = hash << INDEX_BITS;
    byte run = (byte) (rest == 0 ? HASH_BITS + 1 : Long.numberOfLeadingZeros(rest) + 1);
    if (run > registers[index]) {
      registers[index] = run;
    }
  }

  void merge(HyperLogLog other) {
    for (int i = 0; i < REGISTERS; i++) {
      registers[i] = (byte) Math.max(registers[i], other.registers[i]);
    }
  }

  long estimate() {
    int[] histogram = new int[HASH_BITS + 2];
    for (byte run : registers) {
      histogram[run]++;
    }
    double sum = REGISTERS * saturated(1 - (double) histogram[HASH_BITS + 1] / REGISTERS);
    for (int run = HASH_BITS; run >= 1; run--) {
      sum = (sum + histogram[run]) / 2;
    }
    sum += REGISTERS * unused((double) histogram[0] / REGISTERS);
    return Math.round(SCALE * REGISTERS * REGISTERS / sum);
  }

  /** What registers at 0 add to the sum: Ertl's σ of their share. */
  private static double unused(double share) {
    if (share == 1) {
      return Double.POSITIVE_INFINITY;
    }
    double power = share;
    double weight = 1;
    double sum = share;
    double before;
    do {
      before = sum;
      power *= power;
      sum += power * weight;
      weight *= 2;
    } while (sum != before);
    return sum;
  }

  /** What registers at their limit add to the sum: Ertl's τ of the share of the others. */
  private static double saturated(double share) {
    if (share == 0 || share == 1) {
      return 0;
    }
    double root = share;
    double weight = 1;
    double sum = 1 - share;
    double before;
    do {
      before = sum;
      root = Math.sqrt(root);
      weight /= 2;
      sum -= (1 - root) * (1 - root) * weight;
    } while (sum != before);
    return sum / 3;
  }

  void write(DataOutput out) throws IOException {
    int used = used();
    if (used > SPARSE) {
      Varint.write(out, REGISTERS);
      out.write(registers);
      return;
    }
    Varint.write(out, used);
    int previous = 0;
    for (int i = 0; i < REGISTERS; i++) {
      if (registers[i] > 0) {
        Varint.write(out, i - previous);
        out.writeByte(registers[i]);
        previous = i;
      }
    }
  }

  static HyperLogLog read(DataInput in) throws IOException {
    HyperLogLog read = new HyperLogLog();
    int used = (int) Varint.read(in);
    if (used == REGISTERS) {
      in.readFully(read.registers);
      return read;
    }
    int index = 0;
    for (int i = 0; i < used; i++) {
      index += (int) Varint.read(in);
      read.registers[index] = in.readByte();
    }
    return read;
  }

  private int used() {
    int used = 0;
    for (byte run : registers) {
      used += run > 0 ? 1 : 0;
    }
    return used;
  }
}
