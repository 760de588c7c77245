package io.tidewatch.local.grafana;

import java.util.Map;

/** Panels of every dashboard: whether all is well, who must act, and how fresh the data is. */
final class CommonPanels {

  static final Map<String, Colour> SEVERITIES =
      Map.of(
          "critical", Colour.BAD,
          "high", Colour.WARNING,
          "medium", Colour.SKY,
          "low", Colour.GREY);

  private CommonPanels() {}

  /**
   * @param concerned the condition that keeps the reader's alerts
   */
  static Panel alertsFiring(int width, String concerned) {
    return Panel.stat(
            width,
            "Are we fine? Alerts firing",
            "Alerts that fire now and were not acknowledged. Zero means nobody has to act.",
            """
            SELECT
              countIf(severity = 'critical') AS "Critical",
              countIf(severity = 'high') AS "High"
            FROM tidewatch.v_alerts
            WHERE status = 'firing' AND acknowledged_at IS NULL AND %s"""
                .formatted(concerned))
        .wrongFrom(1)
        .decimals(0)
        .noData("No alert fires.");
  }

  static Panel mustAct(int width, String concerned) {
    return Panel.table(
            width,
            "Who must act now",
            "Rules that fire, the worst first; a rule that fires for several customers or series"
                + " is one line. The rule's name opens its runbook.",
            """
            SELECT
              severity AS "Severity",
              arrayStringConcat(any(receivers), ', ') AS "Who",
              rule AS "Rule",
              count() AS "Alerts",
              min(started_at) AS "Since",
              argMax(summary, started_at) AS "The newest says"
            FROM tidewatch.v_alerts
            WHERE status = 'firing' AND acknowledged_at IS NULL AND %s
            GROUP BY severity, rule
            ORDER BY indexOf(['critical', 'high', 'medium', 'low'], severity), "Alerts" DESC
            LIMIT 20"""
                .formatted(concerned))
        .noData("Nobody: no alert fires.")
        .words("Severity", SEVERITIES)
        .column("Since", Unit.TIME)
        .columnWidth("Severity", 70)
        .columnWidth("Who", 130)
        .columnWidth("Rule", 180)
        .columnWidth("Alerts", 55)
        .columnWidth("Since", 100)
        .wrap("The newest says")
        .link("Rule", "Runbook", "/public/runbooks/${__value.raw}.md");
  }

  static Panel freshness(int width) {
    return Panel.stat(
            width,
            "How old the data is",
            "Time since the newest minute that was counted to its end. All is well below five"
                + " minutes; after two hours somebody is told.",
            """
            SELECT greatest(0, dateDiff('second', max(window_end), now())) AS "Age"
            FROM tidewatch.v_metric_windows
            WHERE window = '1m' AND series = '' AND is_final = 1
              AND metric IN ('events_accepted', 'api_requests')
            HAVING count() > 0""")
        .unit(Unit.SECONDS)
        .decimals(0)
        .risesTo(300, 7200)
        .noData("No data yet.");
  }
}
