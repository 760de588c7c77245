package io.tidewatch.metrics;

import java.util.Set;

/** Types of the derived events that metrics themselves call for. */
public final class InternalEvents {

  /** Ingest read a record. Its clock is the record's arrival. */
  public static final String RECORD_RECEIVED = "record.received";

  /** A record came to one of its five ends. Its clock is the record's arrival. */
  public static final String RECORD_ENDED = "record.ended";

  /** The time from one event to the next of the same key, as an input's {@code between} asks. */
  public static final String INTERVAL_MEASURED = "interval.measured";

  static final Set<String> ON_ARRIVAL_CLOCK = Set.of(RECORD_RECEIVED, RECORD_ENDED);

  private InternalEvents() {}
}
