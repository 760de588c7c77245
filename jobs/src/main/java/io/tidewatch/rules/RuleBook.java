package io.tidewatch.rules;

import io.tidewatch.config.Problem;
import io.tidewatch.config.Problems;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The rules in force: those that the job was started with, and over them what was applied since. An
 * applied document stands in for the rule of its name until it is forgotten.
 *
 * <p>What a pattern is compiled from can't change while the job runs, so rules of patterns are
 * changed only in what is not: in their thresholds and in all that is said of their alerts.
 */
public final class RuleBook implements Serializable {

  /** Begins the reason why a rule can't be changed while the job runs. */
  public static final String PATTERN_NEEDS_RESTART = "PATTERN_NEEDS_RESTART";

  private final RuleParser parser;
  private final Map<String, Rule> started = new LinkedHashMap<>();
  private final Map<String, RuleDocument> applied = new LinkedHashMap<>();

  /**
   * @param started the rules that the job was started with
   */
  public RuleBook(RuleCatalogue started, RuleParser parser) {
    this.parser = parser;
    started.rules().forEach(rule -> this.started.put(rule.name(), rule));
  }

  /**
   * Reads a document that is to come into force.
   *
   * @param problems gets all that speaks against it; it must not come into force then
   */
  public Optional<RuleDocument> read(String name, String yaml, Problems problems) {
    Problems own = new Problems();
    Optional<RuleDocument> document = parser.read(name, yaml, own);
    document.ifPresent(
        read -> {
          if (!read.name().equals(name)) {
            own.add(new Problem(name, 1, "name", "is sent as the rule '" + name + "'"));
          }
          if (read.enabled()) {
            needsRestart(read.rule())
                .ifPresent(reason -> own.add(new Problem(name, 1, "", reason)));
          }
        });
    own.list().forEach(problems::add);
    return own.isEmpty() ? document : Optional.empty();
  }

  /** Why the rule can't come into force while the job runs. */
  public Optional<String> needsRestart(Rule rule) {
    Rule compiled = started.get(rule.name());
    if (compiled instanceof CompiledRule before) {
      return before.needsRestartFor(rule).map(RuleBook::needsRestart);
    }
    return rule instanceof CompiledRule
        ? Optional.of(needsRestart("a pattern that alerts.yaml does not have"))
        : Optional.empty();
  }

  private static String needsRestart(String what) {
    return "%s: the job is compiled with %s when it starts; change it in alerts.yaml and restart"
        .formatted(PATTERN_NEEDS_RESTART, what);
  }

  /** Whether the job was started with a rule of this name. */
  public boolean isStartedWith(String name) {
    return started.containsKey(name);
  }

  /** Has a document, which was read without problems, come into force. */
  public void apply(RuleDocument document) {
    applied.put(document.name(), document);
  }

  /** Goes back to the rule that the job was started with, if there is one. */
  public void forget(String name) {
    applied.remove(name);
  }

  /** The rule in force, if there is one of this name. */
  public Optional<Rule> rule(String name) {
    RuleDocument document = applied.get(name);
    if (document == null) {
      return Optional.ofNullable(started.get(name));
    }
    return Optional.ofNullable(document.enabled() ? document.rule() : null);
  }

  /** All rules in force. */
  public List<Rule> rules() {
    List<Rule> rules = new ArrayList<>();
    started.forEach(
        (name, rule) -> {
          if (!applied.containsKey(name)) {
            rules.add(rule);
          }
        });
    applied.values().stream()
        .filter(RuleDocument::enabled)
        .map(RuleDocument::rule)
        .forEach(rules::add);
    return rules;
  }
}
