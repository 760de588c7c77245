package io.tidewatch.metrics;

import java.util.Arrays;

/** How often each of some numbers occurred, open addressed. */
final class LongCounts {

  private static final int INITIAL_SLOTS = 8;
  private static final long SPREAD = 0x9E3779B97F4A7C15L;

  private long[] keys = new long[INITIAL_SLOTS];
  private long[] counts = new long[INITIAL_SLOTS];
  private int size;

  /** How many different numbers. */
  int size() {
    return size;
  }

  /**
   * Makes room. Numbers that come in the order of other slots would crowd together in fewer of
   * them.
   */
  void reserve(int expected) {
    while (expected * 4 > keys.length * 3) {
      grow();
    }
  }

  void add(long key, long count) {
    int slot = slot(key);
    if (counts[slot] == 0) {
      keys[slot] = key;
      size++;
    }
    counts[slot] += count;
    reserve(size);
  }

  long count(long key) {
    return counts[slot(key)];
  }

  long[] sortedKeys() {
    long[] sorted = new long[size];
    int next = 0;
    for (int slot = 0; slot < keys.length; slot++) {
      if (counts[slot] > 0) {
        sorted[next++] = keys[slot];
      }
    }
    Arrays.sort(sorted);
    return sorted;
  }

  <X extends Exception> void forEach(Entry<X> action) throws X {
    for (int slot = 0; slot < keys.length; slot++) {
      if (counts[slot] > 0) {
        action.accept(keys[slot], counts[slot]);
      }
    }
  }

  /** The slot that holds the key, or the free one it would take. */
  private int slot(long key) {
    // The highest bits, since of a number that ends in zeros only they are spread.
    int slot = (int) (key * SPREAD >>> Long.numberOfLeadingZeros(keys.length) + 1);
    while (counts[slot] != 0 && keys[slot] != key) {
      slot = slot + 1 & keys.length - 1;
    }
    return slot;
  }

  private void grow() {
    long[] oldKeys = keys;
    long[] oldCounts = counts;
    keys = new long[oldKeys.length * 2];
    counts = new long[oldKeys.length * 2];
    for (int old = 0; old < oldKeys.length; old++) {
      if (oldCounts[old] > 0) {
        int slot = slot(oldKeys[old]);
        keys[slot] = oldKeys[old];
        counts[slot] = oldCounts[old];
      }
    }
  }

  /** Takes a number and how often it occurred. */
  interface Entry<X extends Exception> {
    void accept(long key, long count) throws X;
  }
}
