package io.tidewatch.ingest;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.tidewatch.ingest.PropertyList.Kind;
import java.io.IOException;
import java.time.Instant;

/**
 * Tidewatch's own format: one JSON object with the keys {@code id}, {@code type}, {@code time},
 * {@code customer_id}, {@code user_id}, {@code anonymous_id}, {@code session_id}, {@code source},
 * {@code consent} and {@code properties}. Other keys at the top level mean nothing. The producer's
 * {@code source} is kept as a property, unless there is one of that name.
 */
final class TidewatchFormat implements EventFormat {

  @Override
  public Batch read(byte[] value) throws Rejection {
    return Batch.single(StrictJson.readObject(value, TidewatchFormat::readEvent));
  }

  private static Candidate readEvent(JsonParser parser) throws IOException {
    Candidate event = new Candidate();
    String source = null;
    String key;
    while ((key = parser.nextFieldName()) != null) {
      if (parser.nextToken() == JsonToken.VALUE_NULL) {
        continue;
      }
      switch (key) {
        case "id" -> event.id = text(parser, key, event);
        case "type" -> event.type = text(parser, key, event);
        case "time" -> readTime(parser, event);
        case "customer_id" -> event.customerId = text(parser, key, event);
        case "user_id" -> event.userId = text(parser, key, event);
        case "anonymous_id" -> event.anonymousId = text(parser, key, event);
        case "session_id" -> event.sessionId = text(parser, key, event);
        case "source" -> source = text(parser, key, event);
        case "consent" -> readConsent(parser, event);
        case "properties" -> {
          if (isObject(parser, key, event)) {
            PropertyReader.readObject(parser, "", event);
          }
        }
        default -> parser.skipChildren();
      }
    }
    if (source != null && event.properties.indexOf("source") < 0) {
      event.properties.add("source", source, Kind.TEXT);
    }
    return event;
  }

  private static void readTime(JsonParser parser, Candidate event) throws IOException {
    if (parser.currentToken() == JsonToken.VALUE_NUMBER_INT
        && parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER) {
      event.time = Instant.ofEpochMilli(parser.getLongValue());
      return;
    }
    Kind kind =
        switch (parser.currentToken()) {
          case VALUE_STRING -> Kind.TEXT;
          case VALUE_NUMBER_INT -> Kind.INTEGER;
          default -> Kind.ARRAY;
        };
    event.time(kind == Kind.ARRAY ? "" : parser.getText(), kind);
    parser.skipChildren();
  }

  private static void readConsent(JsonParser parser, Candidate event) throws IOException {
    if (!isObject(parser, "consent", event)) {
      return;
    }
    String purpose;
    while ((purpose = parser.nextFieldName()) != null) {
      JsonToken value = parser.nextToken();
      if (purpose.equals("analytics")) {
        if (value == JsonToken.VALUE_FALSE) {
          event.analyticsDenied = true;
        } else if (value != JsonToken.VALUE_TRUE && value != JsonToken.VALUE_NULL) {
          event.reject(ReasonCode.FIELD_TYPE, "consent.analytics must be true or false");
        }
      }
      parser.skipChildren();
    }
  }

  /** The string at the parser, null after noting that it is none; an empty one is absent. */
  private static String text(JsonParser parser, String key, Candidate event) throws IOException {
    if (parser.currentToken() != JsonToken.VALUE_STRING) {
      event.reject(ReasonCode.FIELD_TYPE, key + " must be a string");
      parser.skipChildren();
      return null;
    }
    String text = parser.getText();
    return text.isEmpty() ? null : text;
  }

  private static boolean isObject(JsonParser parser, String key, Candidate event)
      throws IOException {
    if (parser.currentToken() == JsonToken.START_OBJECT) {
      return true;
    }
    event.reject(ReasonCode.FIELD_TYPE, key + " must be an object");
    parser.skipChildren();
    return false;
  }
}
