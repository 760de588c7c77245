package io.tidewatch.ingest;

import java.io.Serializable;
import java.util.List;
import java.util.Map;

/**
 * How a {@code flat} source names things.
 *
 * @param type the type of every event; null where {@code typeField} says it
 * @param typeField the field that holds the type; null where {@code type} says it
 * @param fields which field, by flattened name, holds each of {@link #KEYS}. Those not mapped go by
 *     their own name; the time also by {@code timestamp}
 * @param constants properties that an event without them gets
 */
public record FlatOptions(
    String type, String typeField, Map<String, String> fields, Map<String, String> constants)
    implements Serializable {

  /** What a field may be mapped to. */
  public static final List<String> KEYS =
      List.of("id", "time", "customer_id", "user_id", "anonymous_id", "session_id");

  public FlatOptions {
    if ((type == null) == (typeField == null)) {
      throw new IllegalArgumentException("a flat source needs either type or type_field");
    }
    fields = Map.copyOf(fields);
    constants = Map.copyOf(constants);
  }

  /**
   * Events of one type, nothing mapped. A usage log that doesn't say the HTTP method is a common
   * one, so {@code api.request} gets the method {@code -}, as access logs write the unknown.
   */
  public static FlatOptions ofType(String type) {
    Map<String, String> constants = type.equals("api.request") ? Map.of("method", "-") : Map.of();
    return new FlatOptions(type, null, Map.of(), constants);
  }
}
