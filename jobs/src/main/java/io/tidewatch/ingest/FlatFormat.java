package io.tidewatch.ingest;

import io.tidewatch.ingest.PropertyList.Kind;
import java.util.Map;

/**
 * Any JSON object: configured fields become the event's type, time and identities, every other one
 * a property. An identity may be a number here. {@code consent.analytics} means what it means
 * everywhere.
 */
final class FlatFormat implements EventFormat {

  private final JsonRecords records = new JsonRecords();
  private final FlatOptions options;
  private final String timeField;

  FlatFormat(FlatOptions options) {
    this.options = options;
    this.timeField = options.fields().get("time");
  }

  @Override
  public Batch read(byte[] value) throws Rejection {
    Candidate event =
        records.readObject(
            value,
            object -> {
              Candidate candidate = new Candidate();
              PropertyReader.readObject(object, "", candidate);
              return candidate;
            });
    assign(event);
    return Batch.single(event);
  }

  private void assign(Candidate event) {
    readConsent(event);
    event.type =
        options.typeField() == null ? options.type() : takeText(event, options.typeField());
    readTime(event);
    event.id = takeText(event, field("id"));
    event.customerId = takeText(event, field("customer_id"));
    event.userId = takeText(event, field("user_id"));
    event.anonymousId = takeText(event, field("anonymous_id"));
    event.sessionId = takeText(event, field("session_id"));
    for (Map.Entry<String, String> constant : options.constants().entrySet()) {
      if (event.properties.indexOf(constant.getKey()) < 0) {
        event.properties.add(constant.getKey(), constant.getValue(), Kind.TEXT);
      }
    }
  }

  private String field(String key) {
    return options.fields().getOrDefault(key, key);
  }

  private static void readConsent(Candidate event) {
    int index = event.properties.indexOf("consent.analytics");
    if (index < 0) {
      return;
    }
    if (event.properties.kind(index) == Kind.BOOLEAN) {
      event.analyticsDenied = event.properties.text(index).equals("false");
    } else {
      event.reject(ReasonCode.FIELD_TYPE, "consent.analytics must be true or false");
    }
    event.properties.remove(index);
  }

  private void readTime(Candidate event) {
    int index =
        timeField != null
            ? event.properties.indexOf(timeField)
            : firstOf(event.properties, "time", "timestamp");
    if (index >= 0) {
      event.time(event.properties.text(index), event.properties.kind(index));
      event.properties.remove(index);
    }
  }

  private static int firstOf(PropertyList properties, String name, String otherwise) {
    int index = properties.indexOf(name);
    return index >= 0 ? index : properties.indexOf(otherwise);
  }

  private static String takeText(Candidate event, String field) {
    int index = event.properties.indexOf(field);
    if (index < 0) {
      return null;
    }
    String text = event.properties.text(index);
    Kind kind = event.properties.kind(index);
    event.properties.remove(index);
    if (kind != Kind.TEXT && kind != Kind.INTEGER) {
      event.reject(ReasonCode.FIELD_TYPE, field + " must be a string or an integer");
      return null;
    }
    return text.isEmpty() ? null : text;
  }
}
