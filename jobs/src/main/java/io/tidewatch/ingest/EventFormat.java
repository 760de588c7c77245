package io.tidewatch.ingest;

import java.util.List;

/**
 * Reads what a producer writes into candidates for events.
 *
 * <p>An adapter only translates: names, structure, types. Checks, identity and de-identification
 * follow and are the same for all. What an adapter doesn't know it keeps under its own name. It
 * need not be thread-safe.
 */
interface EventFormat {

  /**
   * The events of one record, in the producer's order; more than one for a batch. They are valid
   * until the next record is read.
   *
   * @param value valid UTF-8 of at most {@link Limits#RECORD_BYTES}
   * @return at least one
   * @throws Rejection if nothing can be told about the record, not even its consent. What is wrong
   *     with one event is noted by {@link Candidate#reject} instead
   */
  Batch read(byte[] value) throws Rejection;

  /**
   * The candidates of a record.
   *
   * @param id the producer's id of the whole; null if it gave none or the record is no batch
   * @param isBatch whether the format says so: a batch of one is a batch
   */
  record Batch(String id, boolean isBatch, List<Candidate> candidates) {

    static Batch single(Candidate candidate) {
      return new Batch(null, false, List.of(candidate));
    }
  }
}
