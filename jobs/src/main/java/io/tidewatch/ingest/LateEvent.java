package io.tidewatch.ingest;

import java.time.Instant;
import java.util.List;

/**
 * An accepted event that came too late for some of its windows: a row of {@code late_events}.
 *
 * @param watermark event-time progress when it came
 * @param windows each window it missed, as name and start: {@code 1h 2011-05-01T10:00:00.000Z}
 */
public record LateEvent(
    String type,
    Instant time,
    String source,
    String eventId,
    Instant receivedAt,
    Instant watermark,
    List<String> windows) {}
