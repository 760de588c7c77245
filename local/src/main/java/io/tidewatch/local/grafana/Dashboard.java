package io.tidewatch.local.grafana;

import java.util.List;

/**
 * What one kind of reader looks at.
 *
 * @param uid what links name it by; its file is called the same
 * @param question the reader's first one, which the top row answers
 * @param from how far back it shows at first, such as {@code now-30d}
 * @param refresh how often it looks again, such as {@code 1m}
 * @param alerts the condition that keeps the alerts drawn into time series
 */
record Dashboard(
    String uid,
    String title,
    String question,
    String from,
    String refresh,
    String alerts,
    List<Variable> variables,
    List<Row> rows) {

  /** All that there are. To add one, add it here and run {@code tidewatch dashboards}. */
  static final List<Dashboard> ALL =
      List.of(
          ExecutiveDashboard.define(),
          OperationsDashboard.define(),
          CustomerSuccessDashboard.define(),
          CampaignDashboard.define());

  Dashboard {
    variables = List.copyOf(variables);
    rows = List.copyOf(rows);
  }
}
