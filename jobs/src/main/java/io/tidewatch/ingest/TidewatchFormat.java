package io.tidewatch.ingest;

import io.tidewatch.ingest.JsonCursor.Type;
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

  private final JsonRecords records = new JsonRecords();
  private final Candidate event = new Candidate();
  private final Batch batch = Batch.single(event);

  @Override
  public Batch read(byte[] value) throws Rejection {
    return records.readObject(value, this::readEvent);
  }

  private Batch readEvent(JsonCursor object) throws IOException {
    event.clear();
    event.isClean = true;
    String source = null;
    String key;
    while ((key = object.nextName()) != null) {
      if (object.type() == Type.NULL) {
        continue;
      }
      switch (key) {
        case "id" -> event.id = text(object, key, event);
        case "type" -> event.type = commonText(object, key, event);
        case "time" -> readTime(object, event);
        case "customer_id" -> event.customerId = text(object, key, event);
        case "user_id" -> event.userId = text(object, key, event);
        case "anonymous_id" -> event.anonymousId = text(object, key, event);
        case "session_id" -> event.sessionId = text(object, key, event);
        case "source" -> source = text(object, key, event);
        case "consent" -> readConsent(object, event);
        case "properties" -> {
          if (isObject(object, key, event)) {
            PropertyReader.readObject(object, "", event);
          }
        }
        default -> object.skip();
      }
    }
    if (source != null && event.properties.indexOf("source") < 0) {
      event.properties.add("source", source, Kind.TEXT);
    }
    return batch;
  }

  private static void readTime(JsonCursor value, Candidate event) throws IOException {
    switch (value.type()) {
      case TEXT -> event.time(value.text(), Kind.TEXT);
      case INTEGER -> event.time = Instant.ofEpochMilli(value.integer());
      default -> {
        event.time("", Kind.ARRAY);
        value.skip();
      }
    }
  }

  private static void readConsent(JsonCursor value, Candidate event) throws IOException {
    if (!isObject(value, "consent", event)) {
      return;
    }
    String purpose;
    while ((purpose = value.nextName()) != null) {
      if (!purpose.equals("analytics")) {
        value.skip();
      } else if (value.type() == Type.BOOLEAN) {
        event.analyticsDenied |= value.text().equals("false");
      } else if (value.type() != Type.NULL) {
        event.reject(ReasonCode.FIELD_TYPE, "consent.analytics must be true or false");
        value.skip();
      }
    }
  }

  /** The string that stands there, null after noting that it is none; an empty one is absent. */
  private static String text(JsonCursor value, String key, Candidate event) throws IOException {
    if (!isText(value, key, event)) {
      return null;
    }
    String text = value.text();
    return text.isEmpty() ? null : text;
  }

  /** The same, where many records have that text. */
  private static String commonText(JsonCursor value, String key, Candidate event)
      throws IOException {
    if (!isText(value, key, event)) {
      return null;
    }
    String text = value.commonText();
    return text.isEmpty() ? null : text;
  }

  private static boolean isText(JsonCursor value, String key, Candidate event) throws IOException {
    if (value.type() != Type.TEXT) {
      event.reject(ReasonCode.FIELD_TYPE, key + " must be a string");
      value.skip();
      return false;
    }
    event.isClean &= value.isClean();
    return true;
  }

  private static boolean isObject(JsonCursor value, String key, Candidate event)
      throws IOException {
    if (value.type() == Type.OBJECT) {
      return true;
    }
    event.reject(ReasonCode.FIELD_TYPE, key + " must be an object");
    value.skip();
    return false;
  }
}
