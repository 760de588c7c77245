package io.tidewatch.rules;

import io.tidewatch.alert.AlertProfile;
import io.tidewatch.pattern.customer.CustomerPattern;
import io.tidewatch.pattern.customer.CustomerPatternParameters;
import java.time.ZoneId;

/** Watches the events of each customer for a pattern. */
public record CustomerPatternRule(AlertProfile profile, CustomerPatternParameters parameters)
    implements CompiledRule {

  @Override
  public boolean watchesAs(Rule other) {
    return other instanceof CustomerPatternRule;
  }

  /**
   * @param zone whose time its sentences tell
   */
  public CustomerPattern pattern(ZoneId zone) {
    return parameters.watching(profile, new PatternSentences(new Sentences(zone)));
  }
}
