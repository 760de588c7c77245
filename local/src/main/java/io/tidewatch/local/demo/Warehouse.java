package io.tidewatch.local.demo;

import io.tidewatch.clickhouse.ClickHouse;
import io.tidewatch.local.replay.RecordCounts;
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
      SELECT metric, window, value
      FROM tidewatch.v_metric_windows
      WHERE series = '' AND metric IN
          ('api_requests', 'api_error_rate', 'response_time_p95', 'failed_logins', 'net_revenue',
           'active_customers', 'visitors', 'leads')
        AND (window, window_start) IN (('1m', %1$s), ('1h', %2$s), ('1d', %3$s))
      OR series = '' AND metric = 'events_read' AND window = '1m' AND window_start = %1$s""";

  private static final String WINDOW_DELAYS =
      """
      SELECT
        toUnixTimestamp64Milli(window_end) AS ended,
        toUnixTimestamp64Milli(max(inserted_at)) AS written
      FROM tidewatch.metric_windows
      WHERE window = '1m' AND is_final = 1 AND window_end > %s AND metric NOT LIKE 'events\\\\_%%'
        AND metric NOT IN
          ('accuracy', 'completeness', 'consistency', 'timeliness_seconds', 'data_age_seconds')
      GROUP BY window_end""";

  private static final String RECORD_COUNTS =
      """
      SELECT substring(metric, %d) AS name, toUInt64(sum(value)) AS n
      FROM tidewatch.v_metric_windows
      WHERE startsWith(metric, '%s') AND window = '1m' AND series = '' AND window_end <= %s
      GROUP BY metric""";

  private static final List<String> TABLES =
      List.of(
          "fact_events", "metric_windows", "alerts", "data_quality", "late_events", "dead_letters");

  private final ClickHouse clickHouse;

  Warehouse(ClickHouse clickHouse) {
    this.clickHouse = clickHouse;
  }

  /**
   * Figures of the newest minute that is over, and of the hour and the day so far; and how many
   * events were read, which is known of each minute that the job has counted.
   *
   * @param rowsCome how long after its end the rows of a minute are there
   */
  Figures figures(ZonedDateTime now, Duration rowsCome) {
    Map<String, Double> values = new HashMap<>();
    clickHouse
        .query(
            FIGURES.formatted(
                time(now.minus(rowsCome).truncatedTo(ChronoUnit.MINUTES).minusMinutes(1)),
                time(now.truncatedTo(ChronoUnit.HOURS)),
                time(now.toLocalDate().atStartOfDay(now.getZone()))))
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

  /** What the job has counted of the records that Kafka has of before a minute. */
  RecordCounts recordCounts(Instant minute) {
    String prefix = RecordCounts.PREFIX;
    return new RecordCounts(
        clickHouse
            .query(RECORD_COUNTS.formatted(prefix.length() + 1, prefix, time(minute)))
            .stream()
            .collect(
                Collectors.toMap(row -> row.get("name"), row -> Long.parseLong(row.get("n")))));
  }

  long acceptedEvents() {
    return number("SELECT count() AS n FROM tidewatch.v_fact_events");
  }

  /**
   * How long after the watermark the last row of a minute came, of each minute that is over.
   *
   * @param since minutes that end later
   * @param reached when the watermark got to a time
   */
  List<Duration> windowDelays(Instant since, Function<Instant, Optional<Instant>> reached) {
    List<Duration> delays = new ArrayList<>();
    for (Map<String, String> row : clickHouse.query(WINDOW_DELAYS.formatted(time(since)))) {
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

  private static String time(ZonedDateTime time) {
    return time(time.toInstant());
  }

  private static String time(Instant time) {
    return "fromUnixTimestamp64Milli(toInt64(%d), 'UTC')".formatted(time.toEpochMilli());
  }
}
