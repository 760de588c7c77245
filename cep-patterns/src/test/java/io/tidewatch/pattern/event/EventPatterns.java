package io.tidewatch.pattern.event;

import io.tidewatch.alert.AlertProfile;
import io.tidewatch.alert.Severity;
import io.tidewatch.pattern.PlainWording;
import java.util.List;

/** Patterns to test with. */
final class EventPatterns {

  private EventPatterns() {}

  static EventPattern of(EventPatternParameters parameters) {
    AlertProfile profile =
        new AlertProfile(
            "watched", parameters.pattern(), Severity.HIGH, List.of("people"), List.of(), "");
    return parameters.watching(profile, new PlainWording());
  }
}
