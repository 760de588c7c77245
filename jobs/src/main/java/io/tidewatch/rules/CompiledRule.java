package io.tidewatch.rules;

import io.tidewatch.pattern.RuleParameters;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** A rule of which a part becomes operators of the job and can't change while it runs. */
sealed interface CompiledRule extends Rule
    permits WindowPatternRule, EventPatternRule, CustomerPatternRule {

  RuleParameters parameters();

  /** Whether it watches what the rule watches, in the same manner. */
  boolean watchesAs(Rule other);

  /** What of the rule after it, if anything, this rule's operators can't do. */
  default Optional<String> needsRestartFor(Rule after) {
    if (!(after instanceof CompiledRule rule)
        || !rule.parameters().pattern().equals(parameters().pattern())
        || !rule.watchesAs(this)) {
      return Optional.of("the pattern of a rule and what it watches");
    }
    Map<String, Object> wanted = rule.parameters().compiled();
    String changed =
        parameters().compiled().entrySet().stream()
            .filter(had -> !had.getValue().equals(wanted.get(had.getKey())))
            .map(had -> "'" + had.getKey() + "'")
            .sorted()
            .collect(Collectors.joining(" and "));
    return changed.isEmpty()
        ? Optional.empty()
        : Optional.of("%s of a %s".formatted(changed, parameters().pattern()));
  }
}
