package io.tidewatch.rules;

import java.io.Serializable;

/**
 * A rule as somebody wrote it.
 *
 * @param enabled false if nobody is to watch it
 * @param rule null where the document says no more than that the rule is off
 * @param yaml the rule alone, as {@link RuleParser#read} reads it
 */
public record RuleDocument(String name, boolean enabled, Rule rule, String yaml)
    implements Serializable {

  /** That the rule of this name is off, whatever else says that it is on. */
  public static RuleDocument off(String name) {
    return off(name, "{name: " + name + ", enabled: false}\n");
  }

  static RuleDocument off(String name, String yaml) {
    return new RuleDocument(name, false, null, yaml);
  }
}
