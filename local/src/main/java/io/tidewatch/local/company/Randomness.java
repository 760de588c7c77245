package io.tidewatch.local.company;

import java.util.SplittableRandom;

/**
 * All chance in the company, from one seed.
 *
 * <p>Each part of the company draws from streams of its own, one for each hour: what one part draws
 * never shifts what another one does.
 */
record Randomness(long seed) {

  private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

  /** The stream of that name and number, always the same one. */
  Dice dice(String name, long number) {
    long mixed = mix(mix(seed + GOLDEN_GAMMA) ^ hash(name)) ^ mix(number + GOLDEN_GAMMA);
    return new Dice(new SplittableRandom(mix(mixed)));
  }

  private static long hash(String name) {
    long hash = 0;
    for (int i = 0; i < name.length(); i++) {
      hash = mix(hash * 31 + name.charAt(i));
    }
    return hash;
  }

  private static long mix(long z) {
    long mixed = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
    return mixed ^ (mixed >>> 31);
  }
}
