package io.tidewatch.pattern.event;

import io.tidewatch.alert.AlertProfile;
import io.tidewatch.pattern.EventWording;
import io.tidewatch.pattern.RuleParameters;

/** What a rule says of its pattern of events. */
public interface EventPatternParameters extends RuleParameters {

  /** The pattern that makes alerts of this profile. */
  EventPattern watching(AlertProfile profile, EventWording wording);
}
