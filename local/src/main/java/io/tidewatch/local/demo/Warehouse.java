package io.tidewatch.local.demo;

import io.tidewatch.clickhouse.ClickHouse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** What the demo asks ClickHouse. */
final class Warehouse {

  private static final String FIGURES =
      """
      SELECT metric, window, argMax(value, window_start) AS latest
      FROM tidewatch.v_metric_windows
      WHERE series = ''
        AND ((window = '1m' AND window_start >= %s AND metric IN
               ('api_requests', 'api_error_rate', 'response_time_p95', 'failed_logins',
                'payments_failed', 'ad_spend'))
          OR (window = '1d' AND window_start = %s AND metric IN
               ('net_revenue', 'active_customers', 'visitors', 'leads', 'registrations',
                'tickets_opened')))
      GROUP BY metric, window""";

  private static final String ROW_DELAYS =
      """
      SELECT
        toUnixTimestamp64Milli(window_end) AS ended,
        toUnixTimestamp64Milli(inserted_at) AS written
      FROM tidewatch.metric_windows
      WHERE window = '1m' AND is_final = 1 AND window_end > %s AND metric NOT LIKE 'events\\\\_%%'
        AND metric NOT IN
          ('accuracy', 'completeness', 'consistency', 'timeliness_seconds', 'data_age_seconds')""";

  private static final List<String> TABLES =
      List.of(
          "fact_events", "metric_windows", "alerts", "data_quality", "late_events", "dead_letters");

  private final ClickHouse clickHouse;

  Warehouse(ClickHouse clickHouse) {
    this.clickHouse = clickHouse;
  }

  /**
   * Figures of the newest minute that is over, and of the day so far.
   *
   * @return by metric and window, such as {@code leads 1d}; what has no value is left out
   */
  Map<String, Double> figures(Instant now, Instant midnight) {
    Map<String, Double> figures = new LinkedHashMap<>();
    clickHouse
        .query(FIGURES.formatted(time(now.minus(Duration.ofMinutes(3))), time(midnight)))
        .forEach(
            row ->
                figures.put(
                    row.get("metric") + ' ' + row.get("window"),
                    Double.valueOf(row.get("latest"))));
    return figures;
  }

  /** About how many events are there; one that was written again counts again. */
  long factsWritten() {
    return number("SELECT count() AS n FROM tidewatch.fact_events");
  }

  /** Rows as readers see them, by table. */
  Map<String, Long> rows() {
    Map<String, Long> rows = new LinkedHashMap<>();
    TABLES.forEach(
        table -> rows.put(table, number("SELECT count() AS n FROM tidewatch.v_" + table)));
    return rows;
  }

  long acceptedEvents() {
    return number("SELECT count() AS n FROM tidewatch.v_fact_events");
  }

  /**
   * How long after the watermark the rows of minutes came.
   *
   * @param reached when the watermark got to a time
   */
  List<Duration> rowDelays(Instant since, Function<Instant, Optional<Instant>> reached) {
    List<Duration> delays = new ArrayList<>();
    for (Map<String, String> row : clickHouse.query(ROW_DELAYS.formatted(time(since)))) {
      Instant written = Instant.ofEpochMilli(Long.parseLong(row.get("written")));
      reached
          .apply(Instant.ofEpochMilli(Long.parseLong(row.get("ended"))))
          .ifPresent(passed -> delays.add(Duration.between(passed, written)));
    }
    return delays;
  }

  private long number(String query) {
    return Long.parseLong(clickHouse.query(query).get(0).get("n"));
  }

  private static String time(Instant time) {
    return "fromUnixTimestamp64Milli(toInt64(%d), 'UTC')".formatted(time.toEpochMilli());
  }
}
