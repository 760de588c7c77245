package io.tidewatch.local.grafana;

/**
 * What a reader may choose: some or all of the values that a query finds.
 *
 * @param label its name for the reader
 */
record Variable(String name, String label, String sql) {

  static final Variable PLAN = ofDimension("plan", "Plan", "net_revenue", "1d");
  static final Variable CHANNEL = ofDimension("channel", "Channel", "ad_spend", "1d");
  static final Variable ENDPOINT = ofDimension("endpoint", "Endpoint", "api_requests", "1d");
  static final Variable SERVICE = ofDimension("service", "Service", "uptime", "1d");

  static final Variable CAMPAIGN =
      new Variable(
          "campaign",
          "Campaign",
          """
          SELECT DISTINCT dims['campaign'] AS campaign
          FROM tidewatch.v_metric_windows
          WHERE metric = 'ad_spend' AND window = '1d' AND series LIKE 'campaign=%,channel=%'
            AND $__conditionalAll(dims['channel'] IN (${channel:singlequote}), $channel)
          ORDER BY campaign""");

  static final Variable CUSTOMER =
      new Variable(
          "customer",
          "Customer",
          """
          SELECT customer_id
          FROM tidewatch.v_dim_customers
          WHERE mrr > 0 OR updated_at > now() - INTERVAL 90 DAY
          ORDER BY customer_id""");

  /** The values that a dimension of a metric ever had. */
  private static Variable ofDimension(String name, String label, String metric, String window) {
    return new Variable(
        name,
        label,
        """
        SELECT DISTINCT dims['%1$s'] AS %1$s
        FROM tidewatch.v_metric_windows
        WHERE metric = '%2$s' AND window = '%3$s' AND series LIKE '%1$s=%%'
          AND dims['%1$s'] != ''
        ORDER BY %1$s"""
            .formatted(name, metric, window));
  }
}
