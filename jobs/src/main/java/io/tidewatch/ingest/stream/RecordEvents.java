package io.tidewatch.ingest.stream;

import io.tidewatch.event.Event;
import io.tidewatch.ingest.ReadingQuality;
import io.tidewatch.ingest.RecordEnd;
import io.tidewatch.metrics.InternalEvents;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.util.OutputTag;

/**
 * What ingest says about records, as events whose time is the record's arrival; the quality metrics
 * are made of them.
 */
final class RecordEvents {

  static final OutputTag<Event> TAG =
      new OutputTag<>("record-events", TypeInformation.of(Event.class));

  private static final int PROPERTIES = 8;
  private static final Map<RecordEnd, Map<String, String>> IN_TIME = ends(false);
  private static final Map<RecordEnd, Map<String, String>> LATE = ends(true);
  private static final Map<String, String> RESOLVED = Map.of("resolved", "1");
  private static final Map<String, String> UNRESOLVED = Map.of("resolved", "0");

  private RecordEvents() {}

  /**
   * A record was read.
   *
   * @param time of its first event; null if it holds none
   */
  static Event received(String source, Instant receivedAt, ReadingQuality quality, Instant time) {
    Map<String, String> properties = new HashMap<>(PROPERTIES);
    properties.put("expected", Integer.toString(quality.expected()));
    properties.put("present", Integer.toString(quality.present()));
    properties.put("checked", Integer.toString(quality.checked()));
    properties.put("passed", Integer.toString(quality.passed()));
    if (time != null) {
      properties.put("delay_seconds", seconds(Duration.between(time, receivedAt).toMillis()));
      properties.put("event_time_seconds", seconds(time.toEpochMilli()));
    }
    return event(InternalEvents.RECORD_RECEIVED, source, receivedAt, properties);
  }

  /** A record came to its end. */
  static Event ended(String source, Instant receivedAt, RecordEnd end, boolean late) {
    return event(InternalEvents.RECORD_ENDED, source, receivedAt, (late ? LATE : IN_TIME).get(end));
  }

  /** A record named a customer. */
  static Event referenced(CustomerReference reference) {
    return event(
        InternalEvents.RECORD_REFERENCED,
        reference.source(),
        reference.receivedAt(),
        reference.resolved() ? RESOLVED : UNRESOLVED);
  }

  /** The recording has ended: nothing older than the mark follows. */
  static Event marked(Instant mark, Instant receivedAt) {
    return event(InternalEvents.CLOCK_MARKED, "", receivedAt, Map.of("mark", mark.toString()));
  }

  private static Map<RecordEnd, Map<String, String>> ends(boolean late) {
    Map<RecordEnd, Map<String, String>> ends = new EnumMap<>(RecordEnd.class);
    for (RecordEnd end : RecordEnd.values()) {
      ends.put(
          end,
          Map.of("outcome", end.name().toLowerCase(Locale.ROOT), "late", Boolean.toString(late)));
    }
    return ends;
  }

  private static Event event(
      String type, String source, Instant receivedAt, Map<String, String> properties) {
    return new Event(
        source,
        "",
        type,
        receivedAt,
        receivedAt,
        null,
        null,
        null,
        null,
        null,
        null,
        properties,
        true,
        Event.NEVER_LATE);
  }

  private static String seconds(long millis) {
    return BigDecimal.valueOf(millis, 3).toPlainString();
  }
}
