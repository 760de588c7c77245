package io.tidewatch.ingest;

/** How a record ends: each record that is read ends as exactly one of these. */
public enum RecordEnd {
  ACCEPTED,
  REJECTED,
  DUPLICATE,
  NO_CONSENT,
  ERASED
}
