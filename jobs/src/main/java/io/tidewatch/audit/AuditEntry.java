package io.tidewatch.audit;

import java.time.Instant;

/**
 * Who did what with the system: a row of {@code audit_log}.
 *
 * @param id the same when the same thing is told again
 * @param actor who did it; empty if nobody said so
 * @param action such as {@code rule applied} or {@code alert.acknowledged}
 * @param object what it was done to, such as the rule's name or the alert's id
 * @param details of a rule JSON, of an alert its rule and summary
 */
public record AuditEntry(
    String id, Instant time, String actor, String action, String object, String details) {}
