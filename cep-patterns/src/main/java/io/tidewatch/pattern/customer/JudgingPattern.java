package io.tidewatch.pattern.customer;

/** A pattern of what thresholds make of events, which may change while the pattern is matched. */
public interface JudgingPattern {

  /** The event with what the thresholds make of it, as {@link CustomerEvent#isJudged} knows it. */
  CustomerEvent judged(CustomerEvent event);
}
