package io.tidewatch.ingest.stream;

import java.time.Instant;

/**
 * An event that names a customer. Over these, consistency is resolved ÷ all.
 *
 * @param receivedAt of the event
 * @param resolved whether the customer was known
 */
public record CustomerReference(String source, Instant receivedAt, boolean resolved) {}
