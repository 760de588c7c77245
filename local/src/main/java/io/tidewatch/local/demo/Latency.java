package io.tidewatch.local.demo;

import java.time.Duration;
import java.util.List;

/** How long something took, over all that was measured. */
record Latency(int count, Duration median, Duration worstOfHundred) {

  static Latency of(List<Duration> measured) {
    List<Duration> sorted = measured.stream().sorted().toList();
    return sorted.isEmpty()
        ? new Latency(0, Duration.ZERO, Duration.ZERO)
        : new Latency(sorted.size(), rank(sorted, 0.50), rank(sorted, 0.99));
  }

  private static Duration rank(List<Duration> sorted, double share) {
    return sorted.get((int) Math.ceil(share * sorted.size()) - 1);
  }

  @Override
  public String toString() {
    return count == 0
        ? "none measured"
        : "p50 %.2f s, p99 %.2f s (n = %,d)"
            .formatted(median.toMillis() / 1000.0, worstOfHundred.toMillis() / 1000.0, count);
  }
}
