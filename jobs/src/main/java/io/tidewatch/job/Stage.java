package io.tidewatch.job;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/**
 * The parts of the job graph, as {@code --stages} says. A job without {@link #INGEST} reads the
 * topic {@code events}, which a job with it writes.
 */
public enum Stage {
  /** Raw topics to events, and the quality metrics. */
  INGEST,
  /** Events to {@code fact_events}. */
  FACTS,
  /** Events of subscriptions to movements of revenue. */
  REVENUE,
  /** Events of customers to their health; what they pay is known only if REVENUE runs too. */
  CUSTOMERS,
  /** Events to metric windows. */
  METRICS,
  /** Events and metric windows to alerts. */
  ALERTS;

  /**
   * Reads {@code all} or a list such as {@code ingest,metrics}.
   *
   * @throws IllegalArgumentException naming the part that is no stage
   */
  public static Set<Stage> parse(String text) {
    if (text.equals("all")) {
      return EnumSet.allOf(Stage.class);
    }
    Set<Stage> stages = EnumSet.noneOf(Stage.class);
    for (String name : text.split(",")) {
      try {
        stages.add(valueOf(name.trim().toUpperCase(Locale.ROOT)));
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(
            "--stages: there is no stage '%s'; expected all or a list of %s"
                .formatted(name, EnumSet.allOf(Stage.class).toString().toLowerCase(Locale.ROOT)));
      }
    }
    return stages;
  }

  /** Whether one of the stages derives something from events, beyond ingesting and storing them. */
  static boolean analyse(Set<Stage> stages) {
    return !EnumSet.of(INGEST, FACTS).containsAll(stages);
  }
}
