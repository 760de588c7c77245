package io.tidewatch.rules;

import java.time.Instant;

/**
 * What somebody wants to become of a rule: a record of the topic {@code alert-rules}.
 *
 * @param id the record's place, which tells it from all others
 * @param name the rule's
 * @param yaml the rule's document; null to go back to the rule that the job was started with
 * @param author who says so; empty if nobody did
 * @param time when it was said
 */
public record RuleMessage(String id, String name, String yaml, String author, Instant time) {}
