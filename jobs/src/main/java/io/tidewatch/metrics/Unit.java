package io.tidewatch.metrics;

/** What a metric's numbers count. */
public enum Unit {
  COUNT,
  /** A share, 0 to 1 where it is one of a whole. */
  RATIO,
  /** Major units of money. */
  CURRENCY,
  MILLISECONDS,
  /** 0 to 100. */
  PERCENT,
  SCORE,
  SECONDS,
  MINUTES,
  HOURS,
  DAYS
}
