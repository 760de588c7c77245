package io.tidewatch.metrics.stream;

import java.util.Arrays;

/**
 * Numbers different texts from 0 in the order they first come. Open addressed, with the hashes side
 * by side, so that a look-up goes to few places in memory.
 */
final class TextIndex {

  private static final int FEWEST_SLOTS = 32;

  /** Numbers plus one; 0 is a free slot. Twice as many as texts, at least. */
  private int[] slots = new int[FEWEST_SLOTS];

  private int[] hashes = new int[FEWEST_SLOTS / 2];
  private String[] texts = new String[FEWEST_SLOTS / 2];
  private int size;

  /** The number of the text: the greatest so far plus one if it is new. */
  int of(String text) {
    int hash = spread(text.hashCode());
    int slot = hash & slots.length - 1;
    while (slots[slot] != 0) {
      int number = slots[slot] - 1;
      if (hashes[number] == hash && texts[number].equals(text)) {
        return number;
      }
      slot = slot + 1 & slots.length - 1;
    }
    slots[slot] = size + 1;
    hashes[size] = hash;
    texts[size] = text;
    size++;
    if (size == texts.length) {
      grow();
    }
    return size - 1;
  }

  /** The lower bits of a text's hash are much alike for texts that are. */
  private static int spread(int hash) {
    int mixed = hash * 0x9E3779B9;
    return mixed ^ mixed >>> 16;
  }

  private void grow() {
    hashes = Arrays.copyOf(hashes, 2 * size);
    texts = Arrays.copyOf(texts, 2 * size);
    slots = new int[4 * size];
    for (int number = 0; number < size; number++) {
      int slot = hashes[number] & slots.length - 1;
      while (slots[slot] != 0) {
        slot = slot + 1 & slots.length - 1;
      }
      slots[slot] = number + 1;
    }
  }
}
