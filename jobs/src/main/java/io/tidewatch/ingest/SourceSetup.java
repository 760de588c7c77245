package io.tidewatch.ingest;

import java.time.Duration;

/**
 * A configured source and its clock.
 *
 * @param outOfOrderness how much older than the newest event of its partition an event may be
 *     without being late
 * @param idleness how long a partition is silent before it follows the wall clock
 */
public record SourceSetup(SourceSettings source, Duration outOfOrderness, Duration idleness) {

  public String name() {
    return source.name();
  }

  public SourceSetup withSource(SourceSettings source) {
    return new SourceSetup(source, outOfOrderness, idleness);
  }
}
