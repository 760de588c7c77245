package io.tidewatch.bench.pattern;

import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.apache.flink.runtime.util.stats.StatsSummarySnapshot;

/**
 * What a run took, and what was wrong with its alerts.
 *
 * @param windowsPerSecond from the first round to the last
 * @param secondHalf the same of the second half of the rounds
 * @param slowest the same of the 20 rounds that took longest
 * @param cpuMicros of the process, per window
 * @param missing alerts that were expected and did not come
 * @param unexpected alerts that came and were not expected
 */
record Result(
    Variant variant,
    double windowsPerSecond,
    double secondHalf,
    double slowest,
    double cpuMicros,
    long checkpoints,
    long averageCheckpoint,
    long longestCheckpoint,
    int alerts,
    Set<String> missing,
    Set<String> unexpected) {

  static final String HEADER =
      String.format(
          Locale.ROOT,
          "%-16s %10s %10s %10s %7s %20s   %s",
          "",
          "windows/s",
          "2nd half",
          "slowest 20",
          "CPU µs",
          "checkpoints avg/max",
          "alerts");

  static Result of(
      Variant variant,
      Workload workload,
      Pace pace,
      double cpuSeconds,
      StatsSummarySnapshot checkpoints,
      Set<String> expected,
      Set<String> alerts) {
    Set<String> missing = new TreeSet<>(expected);
    missing.removeAll(alerts);
    Set<String> unexpected = new TreeSet<>(alerts);
    unexpected.removeAll(expected);
    return new Result(
        variant,
        pace.whole(),
        pace.secondHalf(),
        pace.slowest(),
        cpuSeconds * 1e6 / workload.rows(),
        checkpoints.getCount(),
        checkpoints.getAverage(),
        checkpoints.getMaximum(),
        alerts.size(),
        missing,
        unexpected);
  }

  boolean isEqual() {
    return missing.isEmpty() && unexpected.isEmpty();
  }

  String line() {
    return String.format(
        Locale.ROOT,
        "%-16s %,10.0f %,10.0f %,10.0f %7.1f %4d: %,5d / %,5d ms   %,d %s",
        variant.title(),
        windowsPerSecond,
        secondHalf,
        slowest,
        cpuMicros,
        checkpoints,
        averageCheckpoint,
        longestCheckpoint,
        alerts,
        isEqual()
            ? "equal"
            : "DIFFERENT: %d missing, %d unexpected, such as %s"
                .formatted(
                    missing.size(),
                    unexpected.size(),
                    (missing.isEmpty() ? unexpected : missing).iterator().next()));
  }
}
