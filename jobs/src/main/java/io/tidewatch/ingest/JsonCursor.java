package io.tidewatch.ingest;

import java.io.IOException;

/**
 * Goes through a JSON object member by member; what it stands at is the value of the member named
 * last.
 */
interface JsonCursor {

  /** What a value is. */
  enum Type {
    OBJECT,
    ARRAY,
    TEXT,
    INTEGER,
    DECIMAL,
    BOOLEAN,
    NULL
  }

  /** What makes something of an object that a cursor has just entered. */
  interface ObjectReader<T> {
    T read(JsonCursor object) throws IOException, Rejection;
  }

  /**
   * Goes to the next member of the object that was entered last and not left yet. What lies within
   * a value that is an object or array must have been read or skipped.
   *
   * @return its name; null at the object's end, which is left with it
   */
  String nextName() throws IOException;

  /** What stands here. An object is entered already: its members are named next. */
  Type type();

  /** A text without its quotes and escapes, or a number or boolean as it was written. */
  String text() throws IOException;

  /** The same text; one object, mostly, for all of those that many records have. */
  String commonText() throws IOException;

  /**
   * Whether it is known of the text that it can be stored and holds no e-mail address: it is of
   * ASCII alone, without anything below a blank, {@code @} and {@code %}.
   */
  boolean isClean();

  /** The integer that stands here; the least or the greatest long for one beyond. */
  default long integer() throws IOException {
    String text = text();
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException beyond) {
      return text.startsWith("-") ? Long.MIN_VALUE : Long.MAX_VALUE;
    }
  }

  /**
   * An array as compact JSON.
   *
   * @param path of the array
   */
  String array(String path) throws IOException;

  /** Leaves the object or array that stands here unread; nothing else needs it. */
  void skip() throws IOException;
}
