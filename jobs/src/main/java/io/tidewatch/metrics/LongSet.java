package io.tidewatch.metrics;

/** A set of hashes, open addressed. */
final class LongSet {

  private static final int INITIAL_SLOTS = 8;

  private long[] slots = new long[INITIAL_SLOTS];
  private boolean containsZero;
  private int size;

  int size() {
    return size;
  }

  /**
   * Makes room. Hashes that come in the order of another set's slots would crowd together in a
   * smaller one.
   */
  void reserve(int expected) {
    while (expected * 4 > slots.length * 3) {
      grow();
    }
  }

  void add(long hash) {
    if (hash == 0) {
      size += containsZero ? 0 : 1;
      containsZero = true;
    } else if (insert(hash)) {
      size++;
      reserve(size);
    }
  }

  <X extends Exception> void forEach(Element<X> action) throws X {
    if (containsZero) {
      action.accept(0);
    }
    for (long hash : slots) {
      if (hash != 0) {
        action.accept(hash);
      }
    }
  }

  private boolean insert(long hash) {
    int slot = (int) hash & slots.length - 1;
    while (slots[slot] != 0) {
      if (slots[slot] == hash) {
        return false;
      }
      slot = slot + 1 & slots.length - 1;
    }
    slots[slot] = hash;
    return true;
  }

  private void grow() {
    long[] old = slots;
    slots = new long[old.length * 2];
    for (long hash : old) {
      if (hash != 0) {
        insert(hash);
      }
    }
  }

  /** Takes a hash. */
  interface Element<X extends Exception> {
    void accept(long hash) throws X;
  }
}
