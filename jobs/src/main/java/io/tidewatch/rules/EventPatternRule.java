package io.tidewatch.rules;

import io.tidewatch.alert.AlertProfile;
import io.tidewatch.pattern.event.EventPattern;
import io.tidewatch.pattern.event.EventPatternParameters;
import java.time.ZoneId;
import java.util.Optional;

/** Watches events for a pattern, each series by itself. */
public record EventPatternRule(AlertProfile profile, EventPatternParameters parameters)
    implements CompiledRule {

  @Override
  public Optional<String> needsRestartFor(Rule after) {
    if (!(after instanceof EventPatternRule rule)
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
  public EventPattern pattern(ZoneId zone) {
    return parameters.watching(profile, new CustomerSentences(new Sentences(zone)));
  }
}
