package io.tidewatch.ingest;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;

/** Any JSON, with whatever the parser has to say against it. */
final class StrictCursor implements JsonCursor {

  private final JsonParser parser;

  /**
   * @param parser at the start of an object
   */
  StrictCursor(JsonParser parser) {
    this.parser = parser;
  }

  @Override
  public String nextName() throws IOException {
    String name = parser.nextFieldName();
    if (name != null) {
      parser.nextToken();
    }
    return name;
  }

  @Override
  public Type type() {
    return switch (parser.currentToken()) {
      case START_OBJECT -> Type.OBJECT;
      case START_ARRAY -> Type.ARRAY;
      case VALUE_STRING -> Type.TEXT;
      case VALUE_NUMBER_INT -> Type.INTEGER;
      case VALUE_NUMBER_FLOAT -> Type.DECIMAL;
      case VALUE_TRUE, VALUE_FALSE -> Type.BOOLEAN;
      default -> Type.NULL;
    };
  }

  @Override
  public String text() throws IOException {
    return parser.getText();
  }

  @Override
  public String commonText() throws IOException {
    return text();
  }

  @Override
  public boolean isClean() {
    return false;
  }

  @Override
  public String array(String path) throws IOException {
    return JsonCopy.copy(parser, path, JsonCopy.LeafRule.KEEP);
  }

  @Override
  public void skip() throws IOException {
    parser.skipChildren();
  }
}
