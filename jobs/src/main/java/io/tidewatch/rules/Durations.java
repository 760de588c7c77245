package io.tidewatch.rules;

import io.tidewatch.config.YamlNode;
import java.time.Duration;
import java.util.Optional;

/** Reads time spans that make no sense when empty. */
final class Durations {

  private Durations() {}

  static Optional<Duration> positive(YamlNode node) {
    Optional<Duration> duration = node.duration();
    if (duration.isPresent() && duration.get().isZero()) {
      node.problem("expected a duration above 0");
      return Optional.empty();
    }
    return duration;
  }
}
