package io.tidewatch.ingest.stream;

import io.tidewatch.event.Event;
import io.tidewatch.time.EventClock;
import java.time.Instant;

/**
 * What came out of the topic of ingested events: an event with the watermark that ingest judged its
 * lateness by, or how far all who write to its partition have come.
 *
 * @param event null for progress
 * @param progress null for an event
 */
public record PublishedEvent(Event event, Instant progress) {

  /** Event time advances by progress alone: which event is late, ingest has decided. */
  public static final class Clock implements EventClock<PublishedEvent> {

    @Override
    public long timeOf(PublishedEvent published) {
      return NONE;
    }

    @Override
    public long timestampOf(PublishedEvent published) {
      return published.event() == null ? NONE : published.event().time().toEpochMilli();
    }

    @Override
    public Instant markOf(PublishedEvent published) {
      return published.progress();
    }
  }
}
