package io.tidewatch.local.grafana;

import java.time.Duration;
import java.util.List;

/** For those who keep the product running: speed, errors, services, and the data itself. */
final class OperationsDashboard {

  private static final String CONCERNED = "hasAny(receivers, ['operations', 'security'])";

  /** Windows as wide as points are far apart, so that a long range reads few rows. */
  private static final String FITTING_WINDOW = "window = if($__interval_s < 3600, '1m', '1h')";

  private OperationsDashboard() {}

  static Dashboard define() {
    return new Dashboard(
        "tidewatch-operations",
        "Operations",
        "Does everything run, what broke, and who is on it?",
        "now-6h",
        "30s",
        CONCERNED,
        List.of(Variable.ENDPOINT, Variable.SERVICE),
        List.of(
            Row.of(
                4,
                CommonPanels.alertsFiring(4, CONCERNED),
                requests(),
                errorRate(),
                slowest(),
                unaccounted(),
                CommonPanels.freshness(4)),
            Row.of(8, responseTimes(), CommonPanels.mustAct(12, CONCERNED)),
            Row.of(8, requestsByEndpoint(), errorsByEndpoint(), responseTimesSpread()),
            Row.of(8, uptime(), databaseTimes(), memory()),
            Row.of(8, errorsRaised(), failedLogins(), tickets()),
            Row.of(8, records(), dataAge(), quality())));
  }

  private static Panel requests() {
    return Panel.stat(
            4,
            "API requests in the range",
            "Requests in the whole minutes of the range that are over, and the change from the same"
                + " elapsed part of the period before.",
            Periods.sum("Requests", "api_requests", "1m", Series.CHOSEN_ENDPOINTS))
        .unit(Unit.NUMBER)
        .withChange(false)
        .noData("No request in this range.");
  }

  private static Panel errorRate() {
    return Panel.gauge(
            4,
            "Failed requests, 15 min",
            "Share of requests answered with a status of 500 or more, in the newest 15 minutes of"
                + " the range. From 1 % on somebody is told after a while, from 5 % at once.",
            """
            WITH least($__toTime, now()) AS until
            SELECT
              sumIf(value, metric = 'api_errors') / sumIf(value, metric = 'api_requests')
                AS "Error rate"
            FROM tidewatch.v_metric_windows
            WHERE metric IN ('api_errors', 'api_requests') AND window = '1m'
              AND %s
              AND window_start > until - INTERVAL 15 MINUTE AND window_start <= until
            HAVING sumIf(value, metric = 'api_requests') > 0"""
                .formatted(Series.CHOSEN_ENDPOINTS),
            0.1)
        .unit(Unit.RATIO)
        .decimals(1)
        .risesTo(0.01, 0.05)
        .noData("No request in 15 minutes.");
  }

  private static Panel slowest() {
    return Panel.stat(
            4,
            "Slowest 5 %, 15 min",
            "The 95th percentile of response times: its median over the newest 15 minutes of the"
                + " range, of the slowest endpoint that is chosen.",
            """
            WITH least($__toTime, now()) AS until
            SELECT max(typical) AS "p95"
            FROM
            (
              SELECT series, median(value) AS typical
              FROM tidewatch.v_metric_windows
              WHERE metric = 'response_time_p95' AND window = '1m'
                AND %s
                AND window_start > until - INTERVAL 15 MINUTE AND window_start <= until
              GROUP BY series
            )
            HAVING count() > 0"""
                .formatted(Series.CHOSEN_ENDPOINTS.replace("\n", "\n    ")))
        .unit(Unit.MILLISECONDS)
        .decimals(0)
        .risesTo(200, 2000)
        .noData("No request in 15 minutes.");
  }

  private static Panel unaccounted() {
    return Panel.stat(
            4,
            "Records not accounted for",
            "Records read less those that were accepted, rejected, dropped as repeated, or kept out"
                + " for want of consent, in the whole minutes of the range. Anything but 0 is a"
                + " fault.",
            """
            SELECT
              sumIf(value, metric = 'events_read') - sumIf(value, metric = 'events_accounted')
                AS "Missing"
            FROM tidewatch.v_metric_windows
            WHERE metric IN ('events_read', 'events_accounted') AND window = '1m' AND series = ''
              AND $__timeFilter(window_start)
            HAVING count() > 0""")
        .decimals(0)
        .wrongFrom(1)
        .noData("No record in this range.");
  }

  private static Panel responseTimes() {
    return Panel.lines(
            12,
            "Response times",
            "Average and percentiles over all requests; a point is the worst window that falls into"
                + " it. Above 200 ms for five minutes somebody is told.",
            """
            SELECT
              $__timeInterval(window_start) AS time,
              maxIf(value, metric = 'response_time_avg') AS "Average",
              maxIf(value, metric = 'response_time_p95') AS "95 of 100 are faster",
              maxIf(value, metric = 'response_time_p99') AS "99 of 100 are faster"
            FROM tidewatch.v_metric_windows
            WHERE metric IN ('response_time_avg', 'response_time_p95', 'response_time_p99')
              AND %s AND series = '' AND $__timeFilter(window_start)
            GROUP BY time
            ORDER BY time"""
                .formatted(FITTING_WINDOW))
        .every(Duration.ofMinutes(1))
        .unit(Unit.MILLISECONDS)
        .limit(200)
        .colour("Average", Colour.BLUE)
        .colour("95 of 100 are faster", Colour.WARNING)
        .colour("99 of 100 are faster", Colour.PURPLE)
        .noData("No request in this range.");
  }

  private static Panel requestsByEndpoint() {
    return Panel.bars(
            8,
            "Requests by endpoint",
            "How many requests each point stands for.",
            byEndpoint("sum(value)", "metric = 'api_requests'"))
        .every(Duration.ofMinutes(5))
        .namedBy("endpoint")
        .unit(Unit.NUMBER)
        .noData("No request in this range.");
  }

  private static Panel errorsByEndpoint() {
    return Panel.lines(
            8,
            "Share of requests that failed",
            "Status of 500 or more, by endpoint. Above 5 % somebody is told at once.",
            byEndpoint(
                "sumIf(value, metric = 'api_errors') / sumIf(value, metric = 'api_requests')",
                "metric IN ('api_errors', 'api_requests')"))
        .every(Duration.ofMinutes(5))
        .namedBy("endpoint")
        .unit(Unit.RATIO)
        .limit(0.05)
        .noData("No request in this range.");
  }

  private static String byEndpoint(String aggregate, String metrics) {
    return """
        SELECT $__timeInterval(window_start) AS time, dims['endpoint'] AS endpoint, %s AS value
        FROM tidewatch.v_metric_windows
        WHERE %s AND %s
          AND %s
          AND $__timeFilter(window_start)
        GROUP BY time, endpoint
        ORDER BY time, endpoint"""
        .formatted(aggregate, metrics, FITTING_WINDOW, Series.CHOSEN_ENDPOINTS);
  }

  private static Panel responseTimesSpread() {
    return Panel.heatmap(
            8,
            "How response times spread",
            "How many requests took how long. A second band is a second kind of request, or a"
                + " fault.",
            """
            SELECT
              $__timeInterval(timestamp) AS time,
              countIf(response_time_ms < 25) AS "below 25 ms",
              countIf(response_time_ms >= 25 AND response_time_ms < 50) AS "25 ms",
              countIf(response_time_ms >= 50 AND response_time_ms < 100) AS "50 ms",
              countIf(response_time_ms >= 100 AND response_time_ms < 200) AS "100 ms",
              countIf(response_time_ms >= 200 AND response_time_ms < 500) AS "200 ms",
              countIf(response_time_ms >= 500 AND response_time_ms < 1000) AS "500 ms",
              countIf(response_time_ms >= 1000 AND response_time_ms < 5000) AS "1 s",
              countIf(response_time_ms >= 5000) AS "5 s and more"
            FROM tidewatch.v_fact_api_usage
            WHERE $__timeFilter(timestamp)
              AND $__conditionalAll(endpoint IN (${endpoint:singlequote}), $endpoint)
            GROUP BY time
            ORDER BY time""")
        .every(Duration.ofMinutes(5))
        .noData("No request in this range.");
  }

  private static Panel uptime() {
    return Panel.barGauge(
            8,
            "Uptime by service",
            "Average of what each service reported in the range, in percent. Below 99.9 % the"
                + " promise is broken.",
            """
            SELECT dims['service'] AS service, sum(value * samples) / sum(samples) AS value
            FROM tidewatch.v_metric_windows
            WHERE metric = 'uptime' AND window = '1h'
              AND %s
              AND $__timeFilter(window_start)
            GROUP BY service
            ORDER BY value, service"""
                .formatted(Series.CHOSEN_SERVICES))
        .unit(Unit.PERCENT)
        .decimals(2)
        .least(95)
        .most(100)
        .fallsTo(99, 99.9)
        .noData("No service reported in this range.");
  }

  private static Panel databaseTimes() {
    return byService(
            "Database queries by service",
            "Average time of a query as services report it. Above 100 ms for two minutes somebody"
                + " is told.",
            "db_query_ms")
        .unit(Unit.MILLISECONDS)
        .limit(100);
  }

  private static Panel memory() {
    return byService(
            "Memory in use by service",
            "Share of a service's memory, in percent. Above 80 % somebody is told.",
            "memory_usage")
        .unit(Unit.PERCENT)
        .limit(80)
        .most(100);
  }

  private static Panel byService(String title, String description, String metric) {
    return Panel.lines(
            8,
            title,
            description,
            """
            SELECT $__timeInterval(window_start) AS time, dims['service'] AS service,
              max(value) AS value
            FROM tidewatch.v_metric_windows
            WHERE metric = '%s' AND %s
              AND %s
              AND $__timeFilter(window_start)
            GROUP BY time, service
            ORDER BY time, service"""
                .formatted(metric, FITTING_WINDOW, Series.CHOSEN_SERVICES))
        .every(Duration.ofMinutes(15))
        .namedBy("service")
        .noData("No service reported in this range.");
  }

  private static Panel errorsRaised() {
    return Panel.bars(
            8,
            "Errors that services raised",
            "By whether they were critical; of a critical one somebody is told at once.",
            """
            SELECT
              time,
              critical AS "Critical",
              raised - critical AS "Other"
            FROM
            (
              SELECT
                $__timeInterval(window_start) AS time,
                sumIf(value, metric = 'critical_errors') AS critical,
                sumIf(value, metric = 'errors_raised') AS raised
              FROM tidewatch.v_metric_windows
              WHERE metric IN ('errors_raised', 'critical_errors') AND %s
                AND %s
                AND $__timeFilter(window_start)
              GROUP BY time
            )
            ORDER BY time"""
                .formatted(FITTING_WINDOW, Series.CHOSEN_SERVICES.replace("\n", "\n    ")))
        .every(Duration.ofMinutes(5))
        .colour("Critical", Colour.BAD)
        .colour("Other", Colour.WARNING)
        .noData("No error in this range.");
  }

  private static Panel failedLogins() {
    return Panel.bars(
            8,
            "Failed logins",
            "More than 20 in a minute look like an attack, and security is told.",
            """
            SELECT $__timeInterval(window_start) AS time, sum(value) AS "Failed logins"
            FROM tidewatch.v_metric_windows
            WHERE metric = 'failed_logins' AND %s AND series = ''
              AND $__timeFilter(window_start)
            GROUP BY time
            ORDER BY time"""
                .formatted(FITTING_WINDOW))
        .every(Duration.ofMinutes(5))
        .colour("Failed logins", Colour.PURPLE)
        .noData("Nobody failed to log in.");
  }

  private static Panel tickets() {
    return Panel.bars(
            8,
            "Support tickets",
            "Opened and, downwards, resolved.",
            """
            SELECT
              $__timeInterval(window_start) AS time,
              sumIf(value, metric = 'tickets_opened') AS "Opened",
              -sumIf(value, metric = 'tickets_resolved') AS "Resolved"
            FROM tidewatch.v_metric_windows
            WHERE metric IN ('tickets_opened', 'tickets_resolved') AND window = '1h'
              AND series = '' AND $__timeFilter(window_start)
            GROUP BY time
            ORDER BY time""")
        .every(Duration.ofHours(1))
        .colour("Opened", Colour.WARNING)
        .colour("Resolved", Colour.GOOD)
        .noData("No ticket in this range.");
  }

  private static Panel records() {
    return Panel.bars(
            8,
            "What became of the records",
            "Each record that was read ends as one of these. Late ones are accepted too, and"
                + " missed a window that had closed.",
            """
            SELECT
              $__timeInterval(window_start) AS time,
              sumIf(value, metric = 'events_accepted') AS "Accepted",
              sumIf(value, metric = 'events_duplicate') AS "Repeated",
              sumIf(value, metric = 'events_rejected') AS "Rejected",
              sumIf(value, metric IN ('events_no_consent', 'events_erased')) AS "Kept out",
              sumIf(value, metric = 'events_late') AS "Late"
            FROM tidewatch.v_metric_windows
            WHERE metric IN ('events_accepted', 'events_duplicate', 'events_rejected',
                'events_no_consent', 'events_erased', 'events_late')
              AND %s AND series = '' AND $__timeFilter(window_start)
            GROUP BY time
            ORDER BY time"""
                .formatted(FITTING_WINDOW))
        .every(Duration.ofMinutes(1))
        .unit(Unit.NUMBER)
        .colour("Accepted", Colour.GOOD)
        .colour("Repeated", Colour.SKY)
        .colour("Rejected", Colour.BAD)
        .colour("Kept out", Colour.GREY)
        .line("Late", Colour.WARNING)
        .noData("No record in this range.");
  }

  private static Panel dataAge() {
    return Panel.barGauge(
            8,
            "How old each source's data is",
            "From a source's newest event to the end of the newest window that is counted. A source"
                + " that sends seldom is old without a fault.",
            """
            SELECT dims['source'] AS source, argMax(value, window_start) AS value
            FROM tidewatch.v_metric_windows
            WHERE metric = 'data_age_seconds' AND window = '1m' AND series LIKE 'source=%'
              AND $__timeFilter(window_start)
            GROUP BY source
            ORDER BY value DESC""")
        .unit(Unit.SECONDS)
        .decimals(0)
        .risesTo(300, 7200)
        .noData("No record in this range.");
  }

  private static Panel quality() {
    return Panel.table(
            8,
            "Quality of the data by source",
            "Records of the range: values that pass the rules, properties that are there, customers"
                + " that are known; and within what time 95 of 100 came in the newest minute.",
            """
            SELECT
              dims['source'] AS "Source",
              sumIf(value, metric = 'events_read') AS "Records",
              sumIf(value * samples, metric = 'accuracy')
                / nullIf(sumIf(samples, metric = 'accuracy'), 0) AS "Accuracy",
              sumIf(value * samples, metric = 'completeness')
                / nullIf(sumIf(samples, metric = 'completeness'), 0) AS "Completeness",
              sumIf(value * samples, metric = 'consistency')
                / nullIf(sumIf(samples, metric = 'consistency'), 0) AS "Consistency",
              argMaxOrNullIf(value, window_start, metric = 'timeliness_seconds') AS "Delay"
            FROM tidewatch.v_metric_windows
            WHERE metric IN ('events_read', 'accuracy', 'completeness', 'consistency',
                'timeliness_seconds')
              AND window = '1m' AND series LIKE 'source=%' AND $__timeFilter(window_start)
            GROUP BY "Source"
            ORDER BY "Records" DESC""")
        .fallsTo(0.95, 0.99)
        .column("Records", Unit.NUMBER, 0)
        .column("Accuracy", Unit.RATIO, 2)
        .column("Completeness", Unit.RATIO, 2)
        .column("Consistency", Unit.RATIO, 2)
        .column("Delay", Unit.SECONDS, 1)
        .mayLack("Accuracy")
        .mayLack("Completeness")
        .mayLack("Consistency")
        .mayLack("Delay")
        .columnWidth("Source", 80)
        .columnWidth("Records", 65)
        .columnWidth("Accuracy", 75)
        .columnWidth("Completeness", 95)
        .columnWidth("Consistency", 85)
        .columnWidth("Delay", 60)
        .noData("No record yet.");
  }
}
