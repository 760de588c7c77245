package io.tidewatch.metrics.stream;

import java.util.Arrays;

/**
 * Numbers different texts from 0 in the order they first come. Open addressed, with hashes and
 * characters side by side, so that a look-up goes to few places in memory.
 */
final class TextIndex {

  private static final int FEWEST = 16;
  private static final int CHARACTERS_OF_ONE = 16;

  /**
   * A text's number plus one, and above it its hash; 0 is a free slot. Twice as many as texts, at
   * least.
   */
  private long[] slots;

  private String[] texts;

  /** By number: where the text's characters begin; they end where the next ones do. */
  private int[] starts;

  private char[] characters;

  /** Room for as many characters as the longest text has. */
  private char[] sought = new char[CHARACTERS_OF_ONE];

  private int size;

  /**
   * @param expected how many texts there may be; more find room too
   */
  TextIndex(int expected) {
    int room = Math.max(FEWEST, Integer.highestOneBit(expected + 1) << 1);
    texts = new String[room];
    starts = new int[room];
    slots = new long[2 * room];
    characters = new char[room * CHARACTERS_OF_ONE];
  }

  /** The number of the text: the greatest so far plus one if it is new. */
  int of(String text) {
    int hash = spread(text.hashCode());
    int slot = hash & slots.length - 1;
    while (slots[slot] != 0) {
      int number = (int) slots[slot] - 1;
      if (slots[slot] >>> Integer.SIZE == Integer.toUnsignedLong(hash) && isAt(number, text)) {
        return number;
      }
      slot = slot + 1 & slots.length - 1;
    }
    slots[slot] = (long) hash << Integer.SIZE | size + 1;
    append(text);
    if (size + 1 == starts.length) {
      grow();
    }
    return size - 1;
  }

  /** The lower bits of a text's hash are much alike for texts that are. */
  private static int spread(int hash) {
    int mixed = hash * 0x9E3779B9;
    return mixed ^ mixed >>> 16;
  }

  private boolean isAt(int number, String text) {
    if (texts[number] == text) {
      return true;
    }
    int start = starts[number];
    int end = starts[number + 1];
    int length = text.length();
    if (end - start != length) {
      return false;
    }
    // all at once, which is much quicker than one by one
    text.getChars(0, length, sought, 0);
    return Arrays.equals(sought, 0, length, characters, start, end);
  }

  private void append(String text) {
    int start = starts[size];
    int end = start + text.length();
    if (end > characters.length) {
      characters = Arrays.copyOf(characters, Math.max(end, 2 * characters.length));
    }
    if (text.length() > sought.length) {
      sought = new char[text.length()];
    }
    text.getChars(0, text.length(), characters, start);
    texts[size] = text;
    size++;
    starts[size] = end;
  }

  private void grow() {
    texts = Arrays.copyOf(texts, 2 * texts.length);
    starts = Arrays.copyOf(starts, 2 * starts.length);
    long[] known = slots;
    slots = new long[2 * known.length];
    for (long entry : known) {
      if (entry != 0) {
        int slot = (int) (entry >>> Integer.SIZE) & slots.length - 1;
        while (slots[slot] != 0) {
          slot = slot + 1 & slots.length - 1;
        }
        slots[slot] = entry;
      }
    }
  }
}
