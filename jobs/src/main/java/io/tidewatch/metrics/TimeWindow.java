package io.tidewatch.metrics;

/**
 * A stretch of event time.
 *
 * @param name {@code 1m}, {@code 1h}, {@code 1d}, {@code 7d}, …
 * @param startMillis inclusive, epoch milliseconds
 * @param endMillis exclusive, epoch milliseconds
 */
public record TimeWindow(String name, long startMillis, long endMillis) {

  public boolean contains(long epochMillis) {
    return startMillis <= epochMillis && epochMillis < endMillis;
  }
}
