package io.tidewatch.ingest;

import java.time.Instant;

/**
 * A record that ingest rejected: a row of {@code dead_letters}.
 *
 * @param reasonCode stable, for counting and routing
 * @param reason a sentence naming the field and what was wrong with it
 * @param payload the record as text, configured personal fields masked
 */
public record DeadLetter(
    String source,
    String topic,
    int partition,
    long offset,
    Instant receivedAt,
    String reasonCode,
    String reason,
    String payload) {}
