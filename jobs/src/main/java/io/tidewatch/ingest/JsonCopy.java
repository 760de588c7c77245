package io.tidewatch.ingest;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.StringWriter;

/** Copies JSON compactly, number by number as it was written, replacing or dropping leaves. */
final class JsonCopy {

  /** What becomes of a leaf that is not null. */
  interface LeafRule {
    LeafRule KEEP = (path, text) -> text;

    /**
     * @param path names from the root down, joined by dots; elements of an array have its path
     * @return the leaf's text to keep it, another to put a string in its place, null to drop it
     */
    String apply(String path, String text);
  }

  private JsonCopy() {}

  /** The value that the parser stands at the start of; the parser then stands at its end. */
  static String copy(JsonParser parser, String path, LeafRule rule) throws IOException {
    StringWriter text = new StringWriter();
    try (JsonGenerator generator = StrictJson.FACTORY.createGenerator(text)) {
      copyValue(parser, generator, path, null, rule);
    }
    return text.toString();
  }

  private static void copyValue(
      JsonParser parser, JsonGenerator generator, String path, String name, LeafRule rule)
      throws IOException {
    switch (parser.currentToken()) {
      case START_OBJECT -> {
        writeName(generator, name);
        generator.writeStartObject();
        String field;
        while ((field = parser.nextFieldName()) != null) {
          parser.nextToken();
          copyValue(parser, generator, path.isEmpty() ? field : path + '.' + field, field, rule);
        }
        generator.writeEndObject();
      }
      case START_ARRAY -> {
        writeName(generator, name);
        generator.writeStartArray();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          copyValue(parser, generator, path, null, rule);
        }
        generator.writeEndArray();
      }
      case VALUE_NULL -> {
        writeName(generator, name);
        generator.writeNull();
      }
      default -> copyLeaf(parser, generator, path, name, rule);
    }
  }

  private static void copyLeaf(
      JsonParser parser, JsonGenerator generator, String path, String name, LeafRule rule)
      throws IOException {
    String text = parser.getText();
    String replacement = rule.apply(path, text);
    if (replacement == null) {
      return;
    }
    writeName(generator, name);
    JsonToken token = parser.currentToken();
    if (token == JsonToken.VALUE_STRING || !replacement.equals(text)) {
      generator.writeString(replacement);
    } else if (token.isNumeric()) {
      generator.writeNumber(text);
    } else {
      generator.writeBoolean(token == JsonToken.VALUE_TRUE);
    }
  }

  private static void writeName(JsonGenerator generator, String name) throws IOException {
    if (name != null) {
      generator.writeFieldName(name);
    }
  }
}
