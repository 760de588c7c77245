package io.tidewatch.bench.pattern;

import io.tidewatch.metric.MetricWindow;
import java.io.Serializable;
import java.time.Instant;
import java.util.Map;

/**
 * The rows of a run: each round a window of each series, one after the other.
 *
 * @param metric what they are of
 * @param label the size of their windows
 */
record Workload(Scenario scenario, String metric, String label, int series, int rounds)
    implements Serializable {

  private static final long BEGIN = Instant.parse("2026-03-02T00:00:00Z").toEpochMilli();
  private static final String DIMENSION = "shop";

  long rows() {
    return (long) series * rounds;
  }

  /** Missing ones too. */
  MetricWindow row(long number) {
    int one = seriesOf(number);
    int round = roundOf(number);
    String name = Integer.toString(one);
    return new MetricWindow(
        metric,
        label,
        nameOf(one),
        Instant.ofEpochMilli(end(round - 1)),
        Instant.ofEpochMilli(end(round)),
        Map.of(DIMENSION, name),
        scenario.value(one, round),
        null,
        1,
        true,
        1);
  }

  boolean isMissing(long number) {
    return Scenario.isMissing(seriesOf(number), roundOf(number));
  }

  boolean isAbove(long number) {
    return Scenario.isAbove(scenario.value(seriesOf(number), roundOf(number)));
  }

  /** Whether the window of the series before this one, missing ones left out, was. */
  boolean isAboveBefore(long number) {
    long before = number - series;
    while (before >= 0 && isMissing(before)) {
      before -= series;
    }
    return before >= 0 && isAbove(before);
  }

  boolean endsRound(long number) {
    return seriesOf(number) == series - 1;
  }

  int roundOf(long number) {
    return (int) (number / series);
  }

  /** Where the windows of a round end, epoch milliseconds. */
  long end(int round) {
    return BEGIN + (round + 1) * scenario.window().toMillis();
  }

  static String nameOf(int series) {
    return DIMENSION + '=' + series;
  }

  private int seriesOf(long number) {
    return (int) (number % series);
  }
}
