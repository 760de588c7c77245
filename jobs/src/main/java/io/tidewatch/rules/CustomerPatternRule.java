package io.tidewatch.rules;

import io.tidewatch.alert.AlertProfile;
import io.tidewatch.pattern.customer.CustomerPattern;
import io.tidewatch.pattern.customer.CustomerPatternParameters;
import java.time.ZoneId;
import java.util.Optional;

/** Watches the events of each customer for a pattern. */
public record CustomerPatternRule(AlertProfile profile, CustomerPatternParameters parameters)
    implements CompiledRule {

  @Override
  public Optional<String> needsRestartFor(Rule after) {
    if (!(after instanceof CustomerPatternRule rule)
        || !rule.profile.pattern().equals(profile.pattern())) {
      return Optional.of("the pattern of a rule");
    }
    return rule.parameters.equals(parameters)
        ? Optional.empty()
        : Optional.of("what a pattern looks for");
  }

  /**
   * @param zone whose time its sentences tell
   */
  public CustomerPattern pattern(ZoneId zone) {
    return parameters.watching(profile, new CustomerSentences(new Sentences(zone)));
  }
}
