package io.tidewatch.local.demo;

import io.tidewatch.clickhouse.ClickHouse;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What the demo asks ClickHouse. */
final class Warehouse {

  private static final String FIGURES =
      """
      WITH (
        SELECT max(window_start) FROM tidewatch.v_metric_windows
        WHERE window = '1m' AND series = '' AND window_start BETWEEN %4$s AND %1$s
      ) AS minute
      SELECT metric, window, value
      FROM tidewatch.v_metric_windows
      WHERE series = ''
        AND (window = '1m' AND window_start = minute OR window = '1h' AND window_start = %2$s)
        AND metric IN ('api_requests', 'api_error_rate', 'response_time_p95', 'failed_logins')
        OR window = '1d' AND series = '' AND window_start = %3$s
        AND metric IN ('net_revenue', 'active_customers', 'visitors', 'leads')""";

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

  /** When a minute began whose rows have all been written, where nothing is behind. */
  private static final Duration ALL_ROWS_THERE = Duration.ofSeconds(80);

  /** How long ago the newest minute that is over may have begun. */
  private static final Duration NEWEST_MINUTE = Duration.ofMinutes(5);

  private final ClickHouse clickHouse;

  Warehouse(ClickHouse clickHouse) {
    this.clickHouse = clickHouse;
  }

  /** Figures of the newest minute that is over, and of the hour and the day so far. */
  Figures figures(ZonedDateTime now) {
    Map<String, Double> values = new HashMap<>();
    clickHouse
        .query(
            FIGURES.formatted(
                time(now.toInstant().minus(ALL_ROWS_THERE)),
                time(now.truncatedTo(ChronoUnit.HOURS).toInstant()),
                time(now.toLocalDate().atStartOfDay(now.getZone()).toInstant()),
                time(now.toInstant().minus(NEWEST_MINUTE))))
        .forEach(
            row ->
                values.put(
                    row.get("metric") + ' ' + row.get("window"), Double.valueOf(row.get("value"))));
    return new Figures(values);
  }

  /** Ids of all alerts, those that ended included. */
  Set<String> alertIds() {
    return clickHouse.query("SELECT alert_id FROM tidewatch.v_alerts").stream()
        .map(row -> row.get("alert_id"))
        .collect(Collectors.toSet());
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
