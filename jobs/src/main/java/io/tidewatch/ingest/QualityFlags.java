package io.tidewatch.ingest;

import io.tidewatch.event.Event;

/** Makes the flags that checks raise about events. */
public final class QualityFlags {

  private QualityFlags() {}

  /**
   * @param field the property in doubt, empty if none
   * @param message a sentence without personal values
   */
  public static QualityFlag about(Event event, QualityCheck check, String field, String message) {
    return new QualityFlag(
        event.source(),
        event.id(),
        check.name(),
        event.type(),
        event.time(),
        event.receivedAt(),
        field,
        message);
  }
}
