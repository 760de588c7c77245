package io.tidewatch.anomaly;

import java.time.Duration;

/**
 * What the detector says of one value.
 *
 * @param score 0 to 1; {@link AnomalyDetector#ALARM} and more is an alarm. 0 for a value that is no
 *     odder than those shortly before it
 * @param expected where the figure was expected
 * @param figure what the score is about, as {@code finding} says
 * @param isKnown whether anything near the figure was ever seen, be it long ago
 * @param history how long the series had been known
 */
public record Assessment(
    double value,
    double score,
    Finding finding,
    double figure,
    ExpectedRange expected,
    boolean isKnown,
    Duration history) {

  /** What of a series the score is about. */
  public enum Finding {
    /** The value, beside all values seen. */
    VALUE,
    /** The level: the median of the last values. */
    LEVEL,
    /** The mean distance of the last values to what their hours usually are. */
    DRIFT,
    /** The value, at its hour. */
    HOUR
  }

  public boolean isAlarm() {
    return score >= AnomalyDetector.ALARM;
  }

  /** Whether the figure is the value itself, at any time or at its hour. */
  public boolean isOfValue() {
    return finding == Finding.VALUE || finding == Finding.HOUR;
  }

  /** Whether the figure is where it was expected, so that an anomaly that lasted is over. */
  public boolean isExpected() {
    return expected.contains(figure);
  }
}
