package io.tidewatch.pattern.event;

import io.tidewatch.alert.AlertProfile;
import io.tidewatch.pattern.EventWording;
import java.io.Serializable;

/** What a rule says of its pattern of events. */
public interface EventPatternParameters extends Serializable {

  /** The name of the pattern, such as {@code brute-force}. */
  String pattern();

  /** The pattern that makes alerts of this profile. */
  EventPattern watching(AlertProfile profile, EventWording wording);
}
