package io.tidewatch.metrics.stream;

import io.tidewatch.ingest.QualityFlag;
import io.tidewatch.metric.MetricWindow;
import io.tidewatch.metrics.MetricAccumulator;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.util.OutputTag;

/** Doubts about a metric's value, for {@code data_quality}. */
final class MetricFlags {

  static final OutputTag<QualityFlag> TAG =
      new OutputTag<>("metric-flags", TypeInformation.of(QualityFlag.class));

  private static final String SOURCE = "metrics";

  private MetricFlags() {}

  /** Amounts of several currencies were added as they are. */
  static QualityFlag mixedCurrency(MetricWindow row, MetricAccumulator accumulator) {
    return new QualityFlag(
        SOURCE,
        String.join("|", row.metric(), row.window(), row.series()),
        "MIXED_CURRENCY",
        row.metric(),
        row.windowStart(),
        row.windowEnd(),
        "currency",
        "Amounts in "
            + String.join(" and ", accumulator.currencies())
            + " were added as they are; set a currency to convert them.");
  }
}
