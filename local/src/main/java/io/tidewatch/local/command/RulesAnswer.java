package io.tidewatch.local.command;

import io.tidewatch.audit.AuditEntry;
import io.tidewatch.rules.RuleAudit;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * What the job said to a change of a rule.
 *
 * @param isTaken whether it acts by it
 */
record RulesAnswer(boolean isTaken, String sentence) {

  /**
   * @param answer empty if it said nothing
   */
  static RulesAnswer to(String rule, Optional<AuditEntry> answer) {
    if (answer.isEmpty()) {
      return new RulesAnswer(
          false, rule + ": sent, but the job has not answered; it will act by it once it runs");
    }
    AuditEntry entry = answer.get();
    if (entry.action().equals(RuleAudit.REFUSED)) {
      return new RulesAnswer(false, "%s: refused by the job: %s".formatted(rule, entry.details()));
    }
    double seconds = Duration.between(entry.time(), Instant.now()).toMillis() / 1000.0;
    return new RulesAnswer(
        true,
        String.format(
            Locale.ROOT,
            "%s: %s, the job has it after %.1f s",
            rule,
            entry.action().substring(entry.action().indexOf(' ') + 1),
            seconds));
  }
}
