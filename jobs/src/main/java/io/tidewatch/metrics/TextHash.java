package io.tidewatch.metrics;

/**
 * A 64-bit hash of text, for counting different values.
 *
 * <p>Part of the state's format: the same text has the same hash in every release. Not meant to
 * withstand people who choose texts that collide.
 */
final class TextHash {

  private static final long BLOCK = 0x9E3779B97F4A7C15L;
  private static final long CHAIN = 0xD6E8FEB86659FD93L;
  private static final int CHARS_PER_BLOCK = 4;

  private TextHash() {}

  static long of(String text) {
    long hash = text.length() * CHAIN;
    long block = 0;
    for (int i = 0; i < text.length(); i++) {
      block = block << Character.SIZE | text.charAt(i);
      if (i % CHARS_PER_BLOCK == CHARS_PER_BLOCK - 1) {
        hash = absorb(hash, block);
        block = 0;
      }
    }
    return finish(absorb(hash, block));
  }

  private static long absorb(long hash, long block) {
    return Long.rotateLeft(hash ^ finish(block * BLOCK), 29) * CHAIN + BLOCK;
  }

  /** Lets every bit reach every other; one-to-one. */
  private static long finish(long bits) {
    long mixed = (bits ^ bits >>> 32) * CHAIN;
    mixed = (mixed ^ mixed >>> 29) * BLOCK;
    return mixed ^ mixed >>> 32;
  }
}
