package io.tidewatch.ingest;

import io.tidewatch.ingest.PropertyList.Kind;
import java.io.IOException;

/**
 * Flattens JSON objects into properties: {@code {"a": {"b": 1}}} is {@code a.b}, an array stays
 * JSON text, null is absent.
 */
final class PropertyReader {

  private PropertyReader() {}

  /** Reads the object that was entered, up to its end. */
  static void readObject(JsonCursor object, String prefix, Candidate into) throws IOException {
    String name;
    while ((name = object.nextName()) != null) {
      readValue(object, prefix.isEmpty() ? name : prefix + '.' + name, into);
    }
  }

  /** Reads the value that the cursor stands at, up to its end. */
  static void readValue(JsonCursor value, String name, Candidate into) throws IOException {
    if (!into.hasRoomFor(name)) {
      value.skip();
      return;
    }
    switch (value.type()) {
      case OBJECT -> readObject(value, name, into);
      case ARRAY -> into.properties.add(name, value.array(name), Kind.ARRAY);
      case TEXT -> into.properties.add(name, value.commonText(), Kind.TEXT, value.isClean());
      case INTEGER -> into.properties.add(name, value.commonText(), Kind.INTEGER);
      case DECIMAL -> into.properties.add(name, value.commonText(), Kind.DECIMAL);
      case BOOLEAN -> into.properties.add(name, value.commonText(), Kind.BOOLEAN, true);
      case NULL -> {
        // absent
      }
    }
  }
}
