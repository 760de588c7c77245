package io.tidewatch.ingest.stream;

import io.tidewatch.event.Event;
import io.tidewatch.ingest.ReadingQuality;
import io.tidewatch.ingest.RecordEnd;
import io.tidewatch.metrics.InternalEvents;
import io.tidewatch.operator.EventSerializer;
import java.time.Instant;
import java.util.AbstractMap;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.flink.util.OutputTag;

/**
 * What ingest says about records, as events whose time is the record's arrival; the quality metrics
 * are made of them.
 *
 * <p>They have no identity, and those that say the same share their properties, so that they can be
 * counted instead of read one by one.
 */
final class RecordEvents {

  static final OutputTag<Event> TAG = new OutputTag<>("record-events", EventSerializer.TYPE);

  private static final Map<RecordEnd, Map<String, String>> IN_TIME = ends(false);
  private static final Map<RecordEnd, Map<String, String>> LATE = ends(true);
  private static final Map<String, String> RESOLVED = Map.of("resolved", "1");
  private static final Map<String, String> UNRESOLVED = Map.of("resolved", "0");

  private static final String DELAY = "delay_seconds";
  private static final String EVENT_TIME = "event_time_seconds";

  private RecordEvents() {}

  /** A record was read, of such quality. */
  static Event received(String source, Instant receivedAt, Map<String, String> quality) {
    return event(InternalEvents.RECORD_RECEIVED, source, receivedAt, quality);
  }

  /** The quality of a record, as properties. */
  static Map<String, String> properties(ReadingQuality quality) {
    return Map.of(
        "expected", Integer.toString(quality.expected()),
        "present", Integer.toString(quality.present()),
        "checked", Integer.toString(quality.checked()),
        "passed", Integer.toString(quality.passed()),
        "unknown_types", Integer.toString(quality.unknownTypes()));
  }

  /**
   * How old a record's news was.
   *
   * @param time of its first event
   */
  static Event timed(String source, Instant receivedAt, Instant time) {
    return event(
        InternalEvents.RECORD_TIMED,
        source,
        receivedAt,
        new Timing(receivedAt.toEpochMilli(), time.toEpochMilli()));
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
    return Event.ofStage(source, "", type, receivedAt, null, properties);
  }

  /** The properties of a record's age: texts only for whoever asks, as each has its own. */
  private static final class Timing extends AbstractMap<String, String> {

    private final long received;
    private final long happened;

    private Timing(long received, long happened) {
      this.received = received;
      this.happened = happened;
    }

    @Override
    public String get(Object name) {
      if (DELAY.equals(name)) {
        return seconds(received - happened);
      }
      return EVENT_TIME.equals(name) ? seconds(happened) : null;
    }

    @Override
    public Set<Entry<String, String>> entrySet() {
      return Map.of(DELAY, get(DELAY), EVENT_TIME, get(EVENT_TIME)).entrySet();
    }
  }

  /** Milliseconds as seconds with three decimals. */
  private static String seconds(long millis) {
    long whole = Math.abs(millis / 1_000);
    long rest = Math.abs(millis % 1_000);
    return (millis < 0 ? "-" : "") + whole + (rest < 10 ? ".00" : rest < 100 ? ".0" : ".") + rest;
  }
}
