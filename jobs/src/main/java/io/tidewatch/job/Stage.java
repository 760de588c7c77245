package io.tidewatch.job;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** The parts of the job graph; ingest is in every job, the others as {@code --stages} says. */
public enum Stage {
  /** Raw topics to events, and the quality metrics. */
  INGEST,
  /** Events to {@code fact_events}. */
  FACTS,
  /** Events of subscriptions to movements of revenue. */
  REVENUE,
  /** Events of customers to their health; what they pay is known where there is revenue too. */
  CUSTOMERS,
  /** Events to metric windows. */
  METRICS,
  /** Events and metric windows to alerts. */
  ALERTS;

  /**
   * Reads {@code all} or a list such as {@code ingest,metrics}, with ingest among them.
   *
   * @throws IllegalArgumentException naming the part that is no stage, or if ingest is not among
   *     them
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
    if (!stages.contains(INGEST)) {
      throw new IllegalArgumentException(
          "--stages: ingest must be among them; stages can't read the topic events yet");
    }
    return stages;
  }
}
