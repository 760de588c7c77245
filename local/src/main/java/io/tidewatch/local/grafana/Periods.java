package io.tidewatch.local.grafana;

/**
 * SQL that compares the range with the period before it.
 *
 * <p>That is the same stretch of time as many whole days earlier as the range is long, and of it
 * only as much as has passed of the range: today until ten o'clock is compared with yesterday until
 * ten. So hours of the day and, for ranges of weeks, days of the week meet their like. Where
 * history does not reach back so far there is nothing to compare with.
 */
final class Periods {

  /** {@code until}, the end of what has passed, and {@code days}, how far the period before is. */
  static final String BOUNDS =
      """
      WITH
        least($__toTime, now()) AS until,
        toUInt32(ceil(dateDiff('second', $__fromTime, $__toTime) / 86400)) AS days,
        (
          SELECT min(window_start)
          FROM tidewatch.v_metric_windows
          WHERE metric = 'active_customers' AND window = '1d' AND series = ''
        ) AS history""";

  /** Keeps whole windows of the two periods; {@code days_earlier} is 0 for the range itself. */
  static final String BOTH =
      """
      window_start >= $__fromTime - toIntervalDay(days_earlier)
        AND window_end <= until - toIntervalDay(days_earlier)
        AND (days_earlier = 0 OR history <= $__fromTime - toIntervalDay(days) + INTERVAL 1 DAY)""";

  private Periods() {}

  /**
   * The sum over both periods, in two rows, the period before first.
   *
   * @param window how long the windows are that are added
   * @param series the condition that keeps the series to add
   */
  static String sum(String column, String metric, String window, String series) {
    return ofWindows(column, "sum(value)", "metric = '%s'".formatted(metric), window, series);
  }

  /** Likewise, of any aggregate over windows of some metrics. */
  static String ofWindows(
      String column, String aggregate, String metrics, String window, String series) {
    return """
        %s
        SELECT
          until - toIntervalDay(days_earlier) AS time,
          %s AS "%s"
        FROM tidewatch.v_metric_windows
        ARRAY JOIN [0, days] AS days_earlier
        WHERE %s AND window = '%s'
          AND %s
          AND %s
        GROUP BY days_earlier
        ORDER BY time"""
        .formatted(BOUNDS, aggregate, column, metrics, window, series, BOTH.replace("\n", "\n  "));
  }

  /**
   * What was last at the end of both periods, in two rows, of a metric that is kept at midnight.
   *
   * @param aggregate over the series of a midnight
   */
  static String atMidnight(String column, String aggregate, String metric, String series) {
    return """
        %s
        SELECT
          until - toIntervalDay(days_earlier) AS time,
          argMax(at_midnight, window_end) AS "%s"
        FROM
        (
          SELECT window_end, %s AS at_midnight
          FROM tidewatch.v_metric_windows
          WHERE metric = '%s' AND window = '1d'
            AND %s
          GROUP BY window_end
        )
        ARRAY JOIN [0, days] AS days_earlier
        WHERE window_end > $__fromTime - toIntervalDay(days_earlier) - INTERVAL 2 DAY
          AND window_end <= until - toIntervalDay(days_earlier)
        GROUP BY days_earlier
        ORDER BY time"""
        .formatted(BOUNDS, column, aggregate, metric, series);
  }
}
