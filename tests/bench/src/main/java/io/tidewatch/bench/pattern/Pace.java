package io.tidewatch.bench.pattern;

import java.util.Collection;

/** How fast the rounds of a run passed, in windows a second. */
record Pace(double whole, double secondHalf, double slowest) {

  private static final int SPAN = 20;
  private static final double NANOS = 1e9;

  /**
   * @param passed when each round had passed, nanoseconds
   */
  static Pace of(Collection<Long> passed, int windowsPerRound) {
    long[] times = passed.stream().mapToLong(Long::longValue).toArray();
    int last = times.length - 1;
    double slowest = Double.POSITIVE_INFINITY;
    int span = Math.min(SPAN, last);
    for (int i = span; i <= last; i++) {
      slowest = Math.min(slowest, rate(times, i - span, i, windowsPerRound));
    }
    return new Pace(
        rate(times, 0, last, windowsPerRound),
        rate(times, last / 2, last, windowsPerRound),
        slowest);
  }

  private static double rate(long[] times, int from, int to, int windowsPerRound) {
    return (to - from) * windowsPerRound * NANOS / (times[to] - times[from]);
  }
}
