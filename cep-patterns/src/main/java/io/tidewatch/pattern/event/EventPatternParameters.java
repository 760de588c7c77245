package io.tidewatch.pattern.event;

import io.tidewatch.alert.AlertProfile;
import io.tidewatch.pattern.EventWording;
import io.tidewatch.pattern.RuleParameters;
import java.util.List;

/** What a rule says of its pattern of events. */
public interface EventPatternParameters extends RuleParameters {

  /** What each series is of: the first of these keys or properties that an event has. */
  List<String> of();

  /** The pattern that makes alerts of this profile. */
  EventPattern watching(AlertProfile profile, EventWording wording);
}
