package io.tidewatch.ingest;

import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * Reads records that are one JSON object each: the plain ones the quick way, any other the strict
 * way. Not thread-safe.
 */
final class JsonRecords {

  private final PlainCursor plain = new PlainCursor();

  /**
   * @param record valid UTF-8
   * @param reader reads the object to its end; if it comes to nothing it is asked once more
   * @throws Rejection as {@link StrictJson#readObject} and the reader do
   */
  <T> T readObject(byte[] record, JsonCursor.ObjectReader<T> reader) throws Rejection {
    try {
      plain.enter(record);
      T result = reader.read(plain);
      plain.leave();
      return result;
    } catch (PlainCursor.NotPlain otherwise) {
      return StrictJson.readObject(record, parser -> reader.read(new StrictCursor(parser)));
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }
}
