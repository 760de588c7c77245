package io.tidewatch.local.company;

import java.time.Instant;

/**
 * A customer got into trouble by itself, without an incident.
 *
 * @param until when it was over; {@link Instant#MAX} while it lasts
 */
public record CustomerTrouble(String customerId, Trouble kind, Instant since, Instant until) {}
