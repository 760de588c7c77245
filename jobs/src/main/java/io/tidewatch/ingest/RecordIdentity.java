package io.tidewatch.ingest;

import java.util.regex.Pattern;

/**
 * Ids of events, and which event of a record counts it.
 *
 * <p>Children of a batch are {@code id#0}, {@code id#1}, … and the record's end is that of its
 * first. A producer's own id that looks like a later child of a batch is taken for a batch of one,
 * so that each record has exactly one event that counts.
 */
public final class RecordIdentity {

  private static final Pattern LATER_CHILD = Pattern.compile(".*#[1-9][0-9]*", Pattern.DOTALL);

  private RecordIdentity() {}

  /** The identity of a record whose producer gave none. */
  static String of(RawRecord record) {
    return record.topic() + '-' + record.partition() + '-' + record.offset();
  }

  /** The id of a record's only event. */
  static String single(String id) {
    return countsRecord(id) ? id : child(id, 0);
  }

  /** The id of the n-th event of a batch. */
  static String child(String batchId, int n) {
    return batchId + '#' + n;
  }

  /** Whether the event of that id stands for its record when ends are counted. */
  public static boolean countsRecord(String eventId) {
    return eventId.indexOf('#') < 0 || !LATER_CHILD.matcher(eventId).matches();
  }
}
