package io.tidewatch.ingest;

import io.tidewatch.event.Event;

/** Which events tell the same and count once. */
public final class Deduplication {

  /**
   * A property that says what an event tells of, where a producer tells it by several events. Those
   * of one source and key count once, whatever their ids.
   */
  public static final String KEY = "deduplication_key";

  private Deduplication() {}

  /** What an event's identity is: its source and its key or, if it has none, its id. */
  public static String identity(Event event) {
    String key = event.properties().get(KEY);
    return event.source() + '\n' + (key == null ? event.id() : key);
  }
}
