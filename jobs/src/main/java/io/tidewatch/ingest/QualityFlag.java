package io.tidewatch.ingest;

import java.time.Instant;

/**
 * Something doubtful about an event or a metric that was kept all the same: a row of {@code
 * data_quality}.
 *
 * @param check stable code of the check that flagged it
 * @param eventId the event, or what else the check is about
 * @param field the property in doubt, empty if none
 * @param message a sentence for the person who looks into it; holds no personal value
 */
public record QualityFlag(
    String source,
    String eventId,
    String check,
    String type,
    Instant time,
    Instant receivedAt,
    String field,
    String message) {}
