package io.tidewatch.bench;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What all runs took, as a table and as the ratios that matter. */
final class Report {

  private final Map<Contender, List<Measurement>> runs = new EnumMap<>(Contender.class);

  void add(Contender contender, Measurement measurement) {
    runs.computeIfAbsent(contender, c -> new ArrayList<>()).add(measurement);
  }

  /** A line per contender: the medians of its runs. */
  String table() {
    StringBuilder table =
        new StringBuilder(
            line("%-20s %12s %16s %16s", "median", "events/s", "CPU s/M events", "peak memory MB"));
    runs.forEach(
        (contender, measurements) -> {
          Measurement median = Measurement.median(measurements);
          table.append(
              line(
                  "%-20s %,12.0f %16.2f %16.0f",
                  contender.title(),
                  median.requestsPerSecond(),
                  median.cpuSecondsPerMillion(),
                  median.peakMegabytes()));
        });
    return table.toString();
  }

  /** The line before the last: the same with the quality metrics, which the others lack. */
  String ratioWithQuality() {
    return "ratio_with_quality_vs_flink_sql="
        + ratio(Contender.TIDEWATCH_QUALITY, Contender.FLINK_SQL);
  }

  /** The last line: Tidewatch's events a second, divided by those of others. */
  String ratios() {
    return String.join(
        " ",
        "ratio_vs_flink_sql=" + ratio(Contender.TIDEWATCH, Contender.FLINK_SQL),
        "ratio_vs_kafka_streams=" + ratio(Contender.TIDEWATCH, Contender.KAFKA_STREAMS),
        "share_of_parse_limit=" + ratio(Contender.TIDEWATCH, Contender.PARSE));
  }

  private String ratio(Contender one, Contender other) {
    if (!runs.containsKey(one) || !runs.containsKey(other)) {
      return "unknown";
    }
    double ratio =
        Measurement.median(runs.get(one)).requestsPerSecond()
            / Measurement.median(runs.get(other)).requestsPerSecond();
    return String.format(Locale.ROOT, "%.2f", ratio);
  }

  private static String line(String format, Object... columns) {
    return String.format(Locale.ROOT, format + "%n", columns);
  }
}
