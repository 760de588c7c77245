package io.tidewatch.ingest.stream;

import io.tidewatch.event.Event;
import io.tidewatch.metrics.InternalEvents;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * What a subtask that writes events to a topic tells the readers of one of its partitions: none of
 * the events that it writes there from now on was judged late by an earlier watermark.
 *
 * @param writer index of the subtask
 * @param writers how many there are
 * @param watermark epoch milliseconds; null while the writer is idle and nobody is to wait for it
 */
public record ProgressMark(int writer, int writers, int partition, Long watermark) {

  private static final String WRITER = "writer";
  private static final String WRITERS = "writers";
  private static final String PARTITION = "partition";
  private static final String WATERMARK = "watermark";

  /** Events of sources all have one. */
  private static final String NO_SOURCE = "";

  /**
   * @throws IllegalArgumentException if there is no such writer or partition
   */
  public ProgressMark {
    if (writer < 0 || writer >= writers || partition < 0) {
      throw new IllegalArgumentException(
          "no writer %d of %d, or no partition %d".formatted(writer, writers, partition));
    }
  }

  /** Whether the event is a mark in an event's form. */
  public static boolean isMark(Event event) {
    return event.source().equals(NO_SOURCE) && event.type().equals(InternalEvents.CLOCK_MARKED);
  }

  /**
   * Reads what {@link #toEvent()} made.
   *
   * @throws IllegalArgumentException if it can't be read
   */
  public static ProgressMark of(Event event) {
    String watermark = event.get(WATERMARK);
    return new ProgressMark(
        Integer.parseInt(event.get(WRITER)),
        Integer.parseInt(event.get(WRITERS)),
        Integer.parseInt(event.get(PARTITION)),
        watermark == null ? null : Long.valueOf(watermark));
  }

  /** In an event's form: it travels among events, and is a row like them. */
  public Event toEvent() {
    Instant time = Instant.ofEpochMilli(watermark == null ? 0 : watermark);
    Map<String, String> properties = new HashMap<>();
    properties.put(WRITER, Integer.toString(writer));
    properties.put(WRITERS, Integer.toString(writers));
    properties.put(PARTITION, Integer.toString(partition));
    if (watermark != null) {
      properties.put(WATERMARK, watermark.toString());
    }
    return Event.ofStage(
        NO_SOURCE,
        "%d-of-%d".formatted(writer, writers),
        InternalEvents.CLOCK_MARKED,
        time,
        null,
        properties);
  }
}
