package io.tidewatch.ingest;

import com.fasterxml.jackson.core.JsonParser;
import io.tidewatch.ingest.PropertyList.Kind;
import java.io.IOException;

/**
 * Flattens JSON objects into properties: {@code {"a": {"b": 1}}} is {@code a.b}, an array stays
 * JSON text, null is absent.
 */
final class PropertyReader {

  private PropertyReader() {}

  /** Reads the object that the parser stands at the start of, up to its end. */
  static void readObject(JsonParser parser, String prefix, Candidate into) throws IOException {
    String name;
    while ((name = parser.nextFieldName()) != null) {
      parser.nextToken();
      readValue(parser, prefix.isEmpty() ? name : prefix + '.' + name, into);
    }
  }

  /** Reads the value that the parser stands at the start of, up to its end. */
  static void readValue(JsonParser parser, String name, Candidate into) throws IOException {
    if (!into.hasRoomFor(name)) {
      parser.skipChildren();
      return;
    }
    switch (parser.currentToken()) {
      case START_OBJECT -> readObject(parser, name, into);
      case START_ARRAY ->
          into.properties.add(
              name, JsonCopy.copy(parser, name, JsonCopy.LeafRule.KEEP), Kind.ARRAY);
      case VALUE_STRING -> into.properties.add(name, parser.getText(), Kind.TEXT);
      case VALUE_NUMBER_INT -> into.properties.add(name, parser.getText(), Kind.INTEGER);
      case VALUE_NUMBER_FLOAT -> into.properties.add(name, parser.getText(), Kind.DECIMAL);
      case VALUE_TRUE, VALUE_FALSE -> into.properties.add(name, parser.getText(), Kind.BOOLEAN);
      default -> {
        // null is absent
      }
    }
  }
}
