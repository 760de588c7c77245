package io.tidewatch.anomaly;

/**
 * Between which values, in the series' unit, the next one was expected; both belong to it.
 *
 * @param ofHour whether it was expected for that hour; else for any time
 */
public record ExpectedRange(double low, double high, boolean ofHour) {

  public boolean contains(double value) {
    return value >= low && value <= high;
  }

  public double middle() {
    return (low + high) / 2;
  }

  /** How far outside a value is; 0 within. */
  double distanceTo(double value) {
    return Math.max(0, Math.max(low - value, value - high));
  }
}
