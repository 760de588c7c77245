package io.tidewatch.metrics;

import java.util.Set;

/** Types of the derived events that metrics themselves call for. */
public final class InternalEvents {

  /** Ingest read a record. Its clock is the record's arrival. */
  public static final String RECORD_RECEIVED = "record.received";

  /** A record's event was so old when it arrived. Its clock is the record's arrival. */
  public static final String RECORD_TIMED = "record.timed";

  /** A record came to one of its five ends. Its clock is the record's arrival. */
  public static final String RECORD_ENDED = "record.ended";

  /** A record named a customer. Its clock is the record's arrival. */
  public static final String RECORD_REFERENCED = "record.referenced";

  /** The producer of a recording says that nothing older follows; no metric reads it. */
  public static final String CLOCK_MARKED = "clock.marked";

  /** The time from one event to the next of the same key, as an input's {@code between} asks. */
  public static final String INTERVAL_MEASURED = "interval.measured";

  /** A customer's monthly recurring revenue has moved. */
  public static final String MRR_MOVED = "mrr.moved";

  /** A customer's health was scored. */
  public static final String CUSTOMER_SCORED = "customer.scored";

  /** A customer's health is called otherwise than before. */
  public static final String CUSTOMER_TRANSITIONED = "customer.transitioned";

  /** Derived events that metrics and rules may name beside those of the catalogue. */
  public static final Set<String> DERIVED =
      Set.of(INTERVAL_MEASURED, MRR_MOVED, CUSTOMER_SCORED, CUSTOMER_TRANSITIONED);

  static final Set<String> ON_ARRIVAL_CLOCK =
      Set.of(RECORD_RECEIVED, RECORD_TIMED, RECORD_ENDED, RECORD_REFERENCED);

  private InternalEvents() {}
}
