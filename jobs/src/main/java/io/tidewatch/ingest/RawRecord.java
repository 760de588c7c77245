package io.tidewatch.ingest;

import java.time.Instant;

/**
 * A record as it lies in Kafka.
 *
 * @param source name of the configured source that read it
 * @param receivedAt the record's timestamp
 * @param value may be null: a Kafka tombstone
 */
public record RawRecord(
    String source, String topic, int partition, long offset, Instant receivedAt, byte[] value) {}
