package io.tidewatch.ingest;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A text as it stands in records, to be found there eight bytes at a time. */
final class WrittenText {

  private final int length;

  /** Its bytes, with zeros after them up to a multiple of eight. */
  private final byte[] written;

  /** Those bits of the last eight bytes that are the text's. */
  private final long lastBits;

  /**
   * @param text not empty
   */
  WrittenText(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    this.length = bytes.length;
    int words = (length + Long.BYTES - 1) / Long.BYTES;
    this.written = Arrays.copyOf(bytes, words * Long.BYTES);
    this.lastBits = -1L >>> Byte.SIZE * (written.length - length);
  }

  /** How many bytes it takes in UTF-8. */
  int length() {
    return length;
  }

  /** Whether it stands there. */
  boolean isAt(int position, byte[] record) {
    if (position + written.length > record.length) {
      int end = position + length;
      return end <= record.length && Arrays.equals(record, position, end, written, 0, length);
    }
    int last = written.length - Long.BYTES;
    for (int i = 0; i < last; i += Long.BYTES) {
      if (Words.at(position + i, record) != Words.at(i, written)) {
        return false;
      }
    }
    long found = Words.at(position + last, record) & lastBits;
    return found == Words.at(last, written);
  }
}
