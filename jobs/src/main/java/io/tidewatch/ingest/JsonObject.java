package io.tidewatch.ingest;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.tidewatch.ingest.PropertyList.Kind;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A JSON object in memory, for formats that must look around before they know what an event is.
 *
 * <p>It knows its path in the record, so that a rejection names the field. What is absent, null or
 * no object where one is looked for is null.
 */
final class JsonObject {

  private final JsonObject parent;
  private final String name;
  private final Map<String, Object> members = new HashMap<>();

  private record Scalar(String text, Kind kind) {}

  private JsonObject(JsonObject parent, String name) {
    this.parent = parent;
    this.name = name;
  }

  /** Reads the object that the parser stands at the start of, up to its end. */
  static JsonObject read(JsonParser parser) throws IOException {
    return new JsonObject(null, "").readMembers(parser);
  }

  private JsonObject readMembers(JsonParser parser) throws IOException {
    String member;
    while ((member = parser.nextFieldName()) != null) {
      parser.nextToken();
      members.put(member, readValue(parser, member));
    }
    return this;
  }

  private Object readValue(JsonParser parser, String member) throws IOException {
    return switch (parser.currentToken()) {
      case START_OBJECT -> new JsonObject(this, member).readMembers(parser);
      case START_ARRAY -> {
        List<Object> elements = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          elements.add(readValue(parser, member));
        }
        yield elements;
      }
      case VALUE_STRING -> new Scalar(parser.getText(), Kind.TEXT);
      case VALUE_NUMBER_INT -> new Scalar(parser.getText(), Kind.INTEGER);
      case VALUE_NUMBER_FLOAT -> new Scalar(parser.getText(), Kind.DECIMAL);
      case VALUE_TRUE, VALUE_FALSE -> new Scalar(parser.getText(), Kind.BOOLEAN);
      default -> null;
    };
  }

  /** Where a member is in the record: names joined by dots. */
  String path(String member) {
    return parent == null ? member : parent.path(name) + '.' + member;
  }

  /** Whether there is a member of that name, be it null. */
  boolean names(String member) {
    return members.containsKey(member);
  }

  /** Whether the member is {@code true}. */
  boolean isTrue(String member) {
    return members.get(member) instanceof Scalar scalar
        && scalar.kind == Kind.BOOLEAN
        && scalar.text.equals("true");
  }

  /** Whether the member is {@code false}. */
  boolean isFalse(String member) {
    return members.get(member) instanceof Scalar scalar
        && scalar.kind == Kind.BOOLEAN
        && scalar.text.equals("false");
  }

  /** The object of that name. */
  JsonObject object(String member) {
    return members.get(member) instanceof JsonObject object ? object : null;
  }

  /**
   * The elements of an array that are objects; an element that is none stands as null. Empty if
   * there is no array.
   */
  List<JsonObject> objects(String member) {
    List<JsonObject> objects = new ArrayList<>();
    if (members.get(member) instanceof List<?> elements) {
      elements.forEach(
          element -> objects.add(element instanceof JsonObject object ? object : null));
    }
    return objects;
  }

  /**
   * A string; an empty one is absent.
   *
   * @throws Rejection FIELD_TYPE if it is anything else
   */
  String text(String member) throws Rejection {
    Object value = members.get(member);
    if (value == null) {
      return null;
    }
    if (value instanceof Scalar scalar && scalar.kind == Kind.TEXT) {
      return scalar.text.isEmpty() ? null : scalar.text;
    }
    throw new Rejection(ReasonCode.FIELD_TYPE, path(member) + " must be a string");
  }

  /**
   * What identifies an object that may be given by its id or in full.
   *
   * @throws Rejection FIELD_TYPE if it is neither
   */
  String id(String member) throws Rejection {
    JsonObject expanded = object(member);
    return expanded == null ? text(member) : expanded.text("id");
  }

  /**
   * A number, or a string of one.
   *
   * @throws Rejection FIELD_TYPE, NUMBER_OUT_OF_RANGE
   */
  BigDecimal number(String member) throws Rejection {
    Object value = members.get(member);
    if (value == null) {
      return null;
    }
    if (value instanceof Scalar scalar && scalar.kind != Kind.BOOLEAN) {
      return Decimals.number(path(member), scalar.text);
    }
    throw new Rejection(ReasonCode.FIELD_TYPE, path(member) + " must be a number");
  }

  /**
   * A whole number.
   *
   * @throws Rejection FIELD_TYPE, NUMBER_OUT_OF_RANGE
   */
  Long integer(String member) throws Rejection {
    Object value = members.get(member);
    if (value == null) {
      return null;
    }
    if (!(value instanceof Scalar scalar && scalar.kind == Kind.INTEGER)) {
      throw new Rejection(ReasonCode.FIELD_TYPE, path(member) + " must be an integer");
    }
    try {
      return Long.valueOf(((Scalar) value).text);
    } catch (NumberFormatException tooLong) {
      throw new Rejection(ReasonCode.NUMBER_OUT_OF_RANGE, path(member) + " must fit 64 bits");
    }
  }

  /**
   * A time: seconds since the epoch as an integer, or RFC 3339 with an offset.
   *
   * @throws Rejection TIME_UNREADABLE
   */
  Instant time(String member) throws Rejection {
    Object value = members.get(member);
    if (value == null) {
      return null;
    }
    Instant time = null;
    if (value instanceof Scalar scalar) {
      time =
          switch (scalar.kind) {
            case INTEGER -> Timestamps.ofEpochSeconds(scalar.text);
            case TEXT -> Timestamps.parse(scalar.text);
            case DECIMAL, BOOLEAN, ARRAY -> null;
          };
    }
    if (time == null) {
      throw new Rejection(
          ReasonCode.TIME_UNREADABLE, path(member) + " must be seconds since the epoch");
    }
    return time;
  }

  /** Adds the members that are strings, numbers or booleans to an event's properties. */
  void addScalarsTo(Candidate event, String prefix) {
    members.forEach(
        (member, value) -> {
          if (value instanceof Scalar scalar) {
            event.addProperty(prefix + member, scalar.text, scalar.kind);
          }
        });
  }
}
