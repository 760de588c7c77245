package io.tidewatch.alert;

import java.io.Serializable;
import java.util.List;

/**
 * What all alerts of a rule have in common.
 *
 * @param rule unique name
 * @param pattern name of the CEP pattern behind it; empty if it needs none
 * @param receivers who is told
 * @param actions what is done, such as {@code email} or {@code pause_campaign}
 * @param runbook what to do about it; empty if nobody wrote it down
 */
public record AlertProfile(
    String rule,
    String pattern,
    Severity severity,
    List<String> receivers,
    List<String> actions,
    String runbook)
    implements Serializable {

  public AlertProfile {
    receivers = List.copyOf(receivers);
    actions = List.copyOf(actions);
  }

  /** The same of a rule that names this pattern. */
  public AlertProfile withPattern(String pattern) {
    return new AlertProfile(rule, pattern, severity, receivers, actions, runbook);
  }
}
