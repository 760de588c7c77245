package io.tidewatch.clickhouse.verify;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toSet;

import io.tidewatch.clickhouse.ClickHouse;
import io.tidewatch.clickhouse.SqlText;
import io.tidewatch.metrics.InternalEvents;
import io.tidewatch.metrics.MetricDefinition;
import io.tidewatch.metrics.MetricInput;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Recomputes the metrics of a day in ClickHouse and compares them with what the job wrote.
 *
 * <p>Counts and sums of money must agree exactly, other values within 1e-9, distinct counts over
 * 10,000 within 1 %, percentiles of more than 1,000 samples within 1 % of rank. Compared are
 * windows whose end event time has passed, as the newest final window of these metrics tells. A
 * metric that facts can't give is skipped and listed.
 */
public final class Verification {

  private static final int LISTED_PER_WINDOW = 20;

  private final ClickHouse clickHouse;
  private final ZoneId zone;
  private final String events;

  /**
   * @param converting whether the job converts money to a reporting currency
   */
  public Verification(ClickHouse clickHouse, ZoneId zone, boolean converting) {
    this.events = converting ? "v_converted_events" : "v_fact_events";
    this.clickHouse = clickHouse;
    this.zone = zone;
  }

  /**
   * @throws io.tidewatch.clickhouse.ClickHouseException if ClickHouse refuses a query or can't be
   *     reached
   */
  public VerificationReport verify(LocalDate day, List<MetricDefinition> metrics) {
    List<MetricDefinition> verifiable = new ArrayList<>();
    Map<String, String> skipped = new TreeMap<>();
    for (MetricDefinition metric : metrics) {
      Optional<String> obstacle = obstacle(metric);
      obstacle.ifPresentOrElse(
          reason -> skipped.put(metric.name(), reason), () -> verifiable.add(metric));
    }
    long frontier = frontier(verifiable);
    List<Difference> differences = new ArrayList<>();
    long differenceCount = 0;
    long compared = 0;
    long open = 0;
    long capped = 0;
    Activity activity = activity(verifiable, day);
    for (MetricDefinition metric : verifiable) {
      if (!activity.concerns(metric)) {
        continue;
      }
      for (DayWindows windows : DayWindows.of(metric, day, zone)) {
        MetricSql sql = new MetricSql(metric, windows, events);
        Map<String, String> coverage = clickHouse.query(sql.coverage(frontier)).get(0);
        compared += number(coverage, "compared");
        open += number(coverage, "open");
        capped += number(coverage, "capped");
        List<Map<String, String>> rows =
            clickHouse.query(sql.differences(frontier, LISTED_PER_WINDOW));
        differenceCount += rows.isEmpty() ? 0 : number(rows.get(0), "differences");
        rows.forEach(row -> differences.add(difference(metric, windows, row)));
      }
    }
    return new VerificationReport(
        names(verifiable), skipped, compared, open, capped, differenceCount, differences);
  }

  /**
   * What there is to compare around a day: most metrics of most days have no event and no row.
   *
   * @param types of the events
   * @param written names of the metrics with rows
   */
  private record Activity(Set<String> types, Set<String> written) {
    private boolean concerns(MetricDefinition metric) {
      return written.contains(metric.name())
          || metric.inputs().stream()
              .map(MetricInput::events)
              .anyMatch(
                  events -> events.isAny() || events.types().stream().anyMatch(types::contains));
    }
  }

  private Activity activity(List<MetricDefinition> metrics, LocalDate day) {
    List<DayWindows> windows =
        metrics.stream().flatMap(metric -> DayWindows.of(metric, day, zone).stream()).toList();
    long from = windows.stream().mapToLong(DayWindows::firstStart).min().orElse(0);
    long until = windows.stream().mapToLong(DayWindows::end).max().orElse(0);
    return new Activity(
        distinct("type", "v_fact_events", "time", from, until),
        distinct("metric", "v_metric_windows", "window_start", from, until));
  }

  private Set<String> distinct(String column, String view, String time, long from, long until) {
    String query =
        "SELECT DISTINCT %1$s FROM tidewatch.%2$s WHERE %3$s >= %4$s AND %3$s < %5$s"
            .formatted(column, view, time, SqlText.time(from), SqlText.time(until));
    return clickHouse.query(query).stream().map(row -> row.get(column)).collect(toSet());
  }

  /** Event time that every window of the metrics has seen pass, in epoch milliseconds. */
  private long frontier(List<MetricDefinition> metrics) {
    if (metrics.isEmpty()) {
      return 0;
    }
    String query =
        """
        SELECT ifNull(toUnixTimestamp64Milli(maxOrNull(window_end)), 0) AS frontier
        FROM tidewatch.v_metric_windows
        WHERE is_final = 1 AND metric IN (%s)"""
            .formatted(names(metrics).stream().map(SqlText::literal).collect(joining(", ")));
    return number(clickHouse.query(query).get(0), "frontier");
  }

  private static List<String> names(List<MetricDefinition> metrics) {
    return metrics.stream().map(MetricDefinition::name).toList();
  }

  private static Optional<String> obstacle(MetricDefinition metric) {
    if (metric.arrivalClock()) {
      return Optional.of("goes by when records arrived");
    }
    for (MetricInput input : metric.inputs()) {
      if (input.interval().isPresent()) {
        return Optional.of("measures the time between two events");
      }
      for (String type : input.events().types()) {
        if (InternalEvents.DERIVED.contains(type)) {
          return Optional.of("reads " + type + ", which a stage derives");
        }
      }
    }
    return Optional.empty();
  }

  private static Difference difference(
      MetricDefinition metric, DayWindows windows, Map<String, String> row) {
    return new Difference(
        metric.name(),
        windows.name(),
        row.get("series"),
        row.get("window_start"),
        row.get("expected"),
        row.get("written"));
  }

  private static long number(Map<String, String> row, String column) {
    return Long.parseLong(row.get(column));
  }
}
