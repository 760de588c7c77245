package io.tidewatch.ingest;

import java.nio.charset.StandardCharsets;

/**
 * Texts that come again and again, such as endpoints, plans and countries: one object for all that
 * are alike, as long as it is remembered, so that it is made and hashed once. A text whose place
 * another one has taken since is made anew, and so are longer ones beyond ASCII.
 *
 * <p>It takes no more memory, whatever comes: it has {@value #PLACES} places for texts of at most
 * {@value #LONGEST} bytes. Not thread-safe.
 */
final class CommonTexts {

  static final int LONGEST = 32;

  private static final int PLACES = 1 << 12;
  private static final long MIX = 0x9E3779B97F4A7C15L;

  private final String[] texts = new String[PLACES];

  /** What a short text is made of, all in one number; 0 where the place has no short text. */
  private final long[] shorts = new long[PLACES];

  /** The bytes of longer texts, side by side: to go to each text's own would take longer. */
  private final byte[] written = new byte[PLACES * LONGEST];

  /** The text that these bytes of UTF-8 are. */
  String of(byte[] bytes, int from, int to) {
    int length = to - from;
    if (length < Long.BYTES) {
      return ofShort(bytes, from, to);
    }
    return length > LONGEST ? textOf(bytes, from, to) : ofLonger(bytes, from, to);
  }

  static String textOf(byte[] bytes, int from, int to) {
    return new String(bytes, from, to - from, StandardCharsets.UTF_8);
  }

  private String ofShort(byte[] bytes, int from, int to) {
    if (from == to) {
      return "";
    }
    long number = shortAt(bytes, from, to - from);
    int place = placeOf(number * MIX);
    if (shorts[place] != number) {
      shorts[place] = number;
      texts[place] = textOf(bytes, from, to);
    }
    return texts[place];
  }

  /** Its length in the highest byte, its bytes in the lower ones. */
  private static long shortAt(byte[] bytes, int from, int length) {
    long number = 0;
    if (from + Long.BYTES <= bytes.length) {
      number = Words.at(from, bytes) & (1L << Byte.SIZE * length) - 1;
    } else {
      for (int i = length - 1; i >= 0; i--) {
        number = number << Byte.SIZE | bytes[from + i] & 0xFF;
      }
    }
    return number | (long) length << Byte.SIZE * (Long.BYTES - 1);
  }

  private String ofLonger(byte[] bytes, int from, int to) {
    long hash = 0;
    for (int i = from; i <= to - Long.BYTES; i += Long.BYTES) {
      hash = (hash ^ Words.at(i, bytes)) * MIX;
      hash ^= hash >>> 32;
    }
    hash = (hash ^ Words.at(to - Long.BYTES, bytes)) * MIX;
    int place = placeOf(hash);
    int start = place * LONGEST;
    int length = to - from;
    boolean isThere =
        shorts[place] == 0
            && texts[place] != null
            && texts[place].length() == length
            && isWritten(start, bytes, from, to);
    if (isThere) {
      return texts[place];
    }
    String text = textOf(bytes, from, to);
    if (text.length() == length) {
      shorts[place] = 0;
      System.arraycopy(bytes, from, written, start, length);
      texts[place] = text;
    }
    return text;
  }

  /** Eight bytes at a time; the last eight may have been looked at in part. */
  private boolean isWritten(int start, byte[] bytes, int from, int to) {
    int moved = start - from;
    int last = to - Long.BYTES;
    for (int i = from; i < last; i += Long.BYTES) {
      if (Words.at(i, bytes) != Words.at(moved + i, written)) {
        return false;
      }
    }
    return Words.at(last, bytes) == Words.at(moved + last, written);
  }

  private static int placeOf(long hash) {
    return (int) (hash >>> Long.SIZE - Integer.numberOfTrailingZeros(PLACES));
  }
}
