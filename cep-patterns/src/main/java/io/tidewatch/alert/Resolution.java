package io.tidewatch.alert;

/** Why an alert ended. */
public enum Resolution {
  /** What was wrong is right again. */
  RECOVERED,
  /** Nothing came any more that could say whether it still is wrong. */
  NO_DATA,
  /** Nobody watches it any more. */
  RULE_REMOVED
}
