package io.tidewatch.ingest;

import io.tidewatch.event.Event;
import java.util.List;

/**
 * What became of one record.
 *
 * <p>A record counts once, by the end of its first event: {@code end} is that of a batch's first
 * child, and {@link RecordIdentity#countsRecord} tells which event carries it on. The other
 * children of a batch may be accepted although the first lacks consent.
 *
 * @param end ACCEPTED, REJECTED or NO_CONSENT; later steps may turn ACCEPTED into another
 * @param events those accepted; empty when rejected
 * @param deadLetter null unless rejected
 * @param flags doubts about accepted events
 */
public record Reading(
    RecordEnd end,
    List<Event> events,
    DeadLetter deadLetter,
    List<QualityFlag> flags,
    ReadingQuality quality) {}
