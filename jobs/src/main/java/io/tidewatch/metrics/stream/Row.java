package io.tidewatch.metrics.stream;

import io.tidewatch.metrics.MetricAccumulator;

/** What one combination of dimension values has gathered, for each metric of a shelf. */
final class Row {

  final String series;

  /** By place on the shelf; null for a metric that no event fed. */
  final MetricAccumulator[] accumulators;

  long latest = Long.MIN_VALUE;

  Row(String series, int metrics) {
    this.series = series;
    this.accumulators = new MetricAccumulator[metrics];
  }
}
