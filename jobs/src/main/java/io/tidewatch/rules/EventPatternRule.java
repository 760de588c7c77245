package io.tidewatch.rules;

import io.tidewatch.alert.AlertProfile;
import io.tidewatch.pattern.event.EventPattern;
import io.tidewatch.pattern.event.EventPatternParameters;
import java.time.ZoneId;

/** Watches events for a pattern, each series by itself. */
public record EventPatternRule(AlertProfile profile, EventPatternParameters parameters)
    implements CompiledRule {

  @Override
  public boolean watchesAs(Rule other) {
    return other instanceof EventPatternRule;
  }

  /**
   * @param zone whose time its sentences tell
   */
  public EventPattern pattern(ZoneId zone) {
    return parameters.watching(profile, new PatternSentences(new Sentences(zone)));
  }
}
