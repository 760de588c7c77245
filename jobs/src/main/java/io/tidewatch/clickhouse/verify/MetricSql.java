package io.tidewatch.clickhouse.verify;

import static io.tidewatch.clickhouse.SqlText.literal;
import static io.tidewatch.clickhouse.SqlText.time;
import static java.util.stream.Collectors.joining;

import io.tidewatch.metrics.EventSelector;
import io.tidewatch.metrics.MetricDefinition;
import io.tidewatch.metrics.MetricInput;
import io.tidewatch.metrics.SeriesKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * The queries that recompute a metric's windows of one day from a view of events, and compare them
 * with what the job wrote.
 *
 * <p>An event is left out of each window that {@code v_late_events} says it missed.
 */
public final class MetricSql {

  private final String events;
  private final MetricDefinition metric;
  private final DayWindows windows;
  private final List<InputSql> inputs;

  /**
   * @param events the view to read: {@code v_fact_events}, or one with its columns
   */
  MetricSql(MetricDefinition metric, DayWindows windows, String events) {
    this.events = events;
    this.metric = metric;
    this.windows = windows;
    this.inputs =
        IntStream.range(0, metric.inputs().size())
            .mapToObj(i -> new InputSql(metric.inputs().get(i), i))
            .toList();
  }

  /**
   * The windows as facts give them: {@code series}, {@code window_start}, {@code value}, {@code
   * low} and {@code high}, between which the job's value must lie, and {@code amount}, the exact
   * value where the metric has one.
   */
  String recomputed() {
    return """
        SELECT series, window_start, value, low, high, amount
        FROM
        (
          SELECT
            series,
            window_start,
            toUnixTimestamp64Milli(window_start) / 1000 AS start_seconds,
            start_seconds + %6$s / 1000 AS end_seconds,
            %1$s AS value,
            %2$s AS low,
            %3$s AS high,
            %4$s AS amount
          FROM
          (
            SELECT *, arrayJoin(all_series) AS series
            FROM
            (
        %5$s
            )
          )
          GROUP BY series, window_start
        )
        WHERE isFinite(ifNull(value, nan))"""
        .formatted(
            formula(InputSql::value),
            corners("least"),
            corners("greatest"),
            exact(),
            events().indent(6).stripTrailing(),
            windows.length());
  }

  /** The windows as the job wrote them: final, and of a grouping that was not capped. */
  String written() {
    return """
        SELECT series, window_start, value, amount
        FROM tidewatch.v_metric_windows
        WHERE %s AND is_final = 1"""
        .formatted(inDay());
  }

  /** Window starts at which series beyond the metric's cap were put together. */
  String capped() {
    return """
        SELECT DISTINCT window_start
        FROM tidewatch.v_metric_windows
        WHERE %s AND position(series, %s) > 0"""
        .formatted(inDay(), literal("=" + SeriesKey.OTHER));
  }

  /**
   * The differences, at most {@code limit} of them: {@code series}, {@code window_start}, {@code
   * expected}, {@code written} and how many there are in {@code differences}. Only windows that
   * ended by {@code frontier} are compared, and of capped ones only the total.
   */
  String differences(long frontierMillis, int limit) {
    return """
        SELECT
          ifNull(facts.series, job.series) AS series,
          ifNull(facts.window_start, job.window_start) AS window_start,
          %6$s AS expected,
          %7$s AS written,
          count() OVER () AS differences
        FROM
        (
        %1$s
        ) AS facts
        FULL JOIN
        (
        %2$s
        ) AS job ON facts.series = job.series AND facts.window_start = job.window_start
        WHERE toUnixTimestamp64Milli(ifNull(facts.window_start, job.window_start)) + %3$s <= %4$d
          AND (ifNull(facts.series, job.series) = ''
            OR ifNull(facts.window_start, job.window_start) NOT IN (%5$s))
          AND NOT ifNull(%8$s, 0)
        ORDER BY window_start, series
        LIMIT %9$d
        SETTINGS join_use_nulls = 1"""
        .formatted(
            recomputed().indent(2).stripTrailing(),
            written().indent(2).stripTrailing(),
            windows.length(),
            frontierMillis,
            capped().replace('\n', ' '),
            metric.isExact() ? "toString(facts.amount)" : "toString(facts.value)",
            metric.isExact() ? "toString(job.amount)" : "toString(job.value)",
            agrees(),
            limit);
  }

  /**
   * How many windows the comparison is about: {@code compared}, {@code open} and {@code capped}.
   */
  String coverage(long frontierMillis) {
    return """
        SELECT
          countIf(is_final = 1 AND %2$s AND NOT %3$s) AS compared,
          countIf(NOT %2$s) AS open,
          countIf(%2$s AND %3$s) AS capped
        FROM tidewatch.v_metric_windows
        WHERE %1$s"""
        .formatted(
            inDay(),
            "(toUnixTimestamp64Milli(window_end) <= %d)".formatted(frontierMillis),
            "(series != '' AND window_start IN (%s))".formatted(capped().replace('\n', ' ')));
  }

  private String agrees() {
    String value =
        """
        (job.value >= facts.low - abs(facts.low) * 1e-9 AND job.value <= facts.high + abs(facts.high) * 1e-9)"""
            .strip();
    return metric.isExact() ? "(facts.amount = job.amount AND %s)".formatted(value) : value;
  }

  private String inDay() {
    return "metric = %s AND window = %s AND window_start >= %s AND window_start <= %s"
        .formatted(
            literal(metric.name()),
            literal(windows.name()),
            time(windows.firstStart()),
            time(windows.lastStart()));
  }

  private String events() {
    return """
        SELECT
          time,
          source,
          event_id,
          window_start,
          %1$s AS all_series,
          %2$s
        FROM
        (
          SELECT *, fromUnixTimestamp64Milli(%3$s, 'UTC') AS window_start
          FROM tidewatch.%10$s
          WHERE time >= %4$s AND time < %5$s AND %6$s
        ) AS fact
        LEFT ANY JOIN
        (
          SELECT source, event_id, time, type, windows AS missed
          FROM tidewatch.v_late_events
          WHERE time >= %4$s AND time < %5$s
        ) AS late USING (source, event_id, time, type)
        WHERE window_start >= %4$s AND window_start <= %7$s
          AND (%8$s)
          AND NOT has(missed, concat(%9$s, replaceOne(toString(window_start), ' ', 'T'), 'Z'))"""
        .formatted(
            series(),
            inputs.stream().map(InputSql::eventColumns).collect(joining(",\n  ")),
            windows.start(),
            time(windows.firstStart()),
            time(windows.end()),
            types(),
            time(windows.lastStart()),
            inputs.stream().map(InputSql::takes).collect(joining(" OR ")),
            literal(windows.name() + " "),
            events);
  }

  private String types() {
    List<EventSelector> selectors = metric.inputs().stream().map(MetricInput::events).toList();
    return selectors.stream().anyMatch(EventSelector::isAny)
        ? "1"
        : EventSql.type(
            new EventSelector(selectors.stream().flatMap(s -> s.types().stream()).toList()));
  }

  private String series() {
    return metric.groupings().stream().map(EventSql::series).collect(joining(", ", "[", "]"));
  }

  private String formula(Function<InputSql, String> input) {
    return formula(inputs.stream().map(input).toList());
  }

  private String formula(List<String> values) {
    return metric.formula().fold(new FormulaSql(names(values)));
  }

  private String exact() {
    return metric.isExact()
        ? "CAST(%s AS Decimal(38, 4))"
            .formatted(
                metric
                    .formula()
                    .fold(
                        new FormulaSql.Exact(
                            names(inputs.stream().map(InputSql::decimal).toList()))))
        : "CAST(NULL AS Nullable(Decimal(38, 4)))";
  }

  private Map<String, String> names(List<String> values) {
    Map<String, String> names = new HashMap<>();
    names.put("window_start", "start_seconds");
    names.put("window_end", "end_seconds");
    for (int i = 0; i < values.size(); i++) {
      names.put(metric.inputs().get(i).name(), values.get(i));
    }
    return names;
  }

  /**
   * The bound of the formula's value while each approximate input moves between its own bounds; a
   * formula is monotone in each of them, so that it lies in a corner.
   */
  private String corners(String bound) {
    List<List<String>> corners = new ArrayList<>();
    corners.add(List.of());
    for (InputSql input : inputs) {
      List<String> ends =
          input.isApproximate() ? List.of(input.low(), input.high()) : List.of(input.value());
      corners =
          corners.stream()
              .flatMap(corner -> ends.stream().map(end -> append(corner, end)))
              .toList();
    }
    List<String> values = corners.stream().map(this::formula).toList();
    return values.size() == 1 ? values.get(0) : bound + "(" + String.join(", ", values) + ")";
  }

  private static List<String> append(List<String> list, String element) {
    List<String> longer = new ArrayList<>(list);
    longer.add(element);
    return longer;
  }
}
