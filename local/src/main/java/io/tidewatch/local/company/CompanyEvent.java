package io.tidewatch.local.company;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Something that happened in the company, as its producer tells it.
 *
 * @param id unique among all events of the company
 * @param time event time, to the millisecond
 * @param customerId null where it concerns no customer; so with the other ids
 * @param properties texts and numbers; money is text
 */
public record CompanyEvent(
    String id,
    String type,
    Instant time,
    String customerId,
    String userId,
    String anonymousId,
    String sessionId,
    Map<String, Object> properties) {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** The topic that events of this type go to. */
  public String topic() {
    return Topics.of(type);
  }

  /**
   * What decides on the partition: events of one customer, visitor, campaign or service stay in
   * order.
   */
  public String key() {
    if (customerId != null) {
      return customerId;
    }
    if (anonymousId != null) {
      return anonymousId;
    }
    for (String name : new String[] {"campaign", "service", "content"}) {
      if (properties.get(name) instanceof String value) {
        return value;
      }
    }
    return id;
  }

  /** The event in the format {@code tidewatch}. */
  public byte[] json() {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("id", id);
    all.put("type", type);
    all.put("time", time.toString());
    putPresent(all, "customer_id", customerId);
    putPresent(all, "user_id", userId);
    putPresent(all, "anonymous_id", anonymousId);
    putPresent(all, "session_id", sessionId);
    all.put("properties", properties);
    try {
      return JSON.writeValueAsBytes(all);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("an event of texts and numbers", e);
    }
  }

  /** The same event with one property changed and under another type. */
  CompanyEvent changedTo(String newType, Map<String, Object> changes) {
    Map<String, Object> changed = new LinkedHashMap<>(properties);
    changed.putAll(changes);
    return new CompanyEvent(id, newType, time, customerId, userId, anonymousId, sessionId, changed);
  }

  private static void putPresent(Map<String, Object> all, String name, String value) {
    if (value != null) {
      all.put(name, value);
    }
  }
}
