package io.tidewatch.ingest.stream;

import io.tidewatch.event.Event;
import io.tidewatch.ingest.Reading;
import io.tidewatch.time.EventClock;
import io.tidewatch.time.Position;
import java.time.Instant;

/**
 * What came out of a topic: a record as it was read, or the producer's word that nothing older
 * follows in its partition.
 *
 * @param reading null for a mark
 * @param receivedAt timestamp of the Kafka record
 * @param mark null for a record
 * @param position how far its partition has been read with it; null if that isn't known
 */
public record Arrival(Reading reading, Instant receivedAt, Instant mark, Position position) {

  /** A record of which it does not matter where it was. */
  public static Arrival of(Reading reading, Instant receivedAt) {
    return new Arrival(reading, receivedAt, null, null);
  }

  /** A mark of which it does not matter where it was. */
  public static Arrival mark(Instant mark, Instant receivedAt) {
    return new Arrival(null, receivedAt, mark, null);
  }

  /** Event time advances by accepted events and by marks. */
  public static final class Clock implements EventClock<Arrival> {

    @Override
    public long timeOf(Arrival arrival) {
      long time = NONE;
      if (arrival.reading() != null) {
        for (Event event : arrival.reading().events()) {
          time = Math.max(time, event.time().toEpochMilli());
        }
      }
      return time;
    }

    @Override
    public Position positionOf(Arrival arrival) {
      return arrival.position();
    }

    @Override
    public Instant markOf(Arrival arrival) {
      return arrival.mark();
    }
  }
}
