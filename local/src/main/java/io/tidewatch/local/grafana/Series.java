package io.tidewatch.local.grafana;

/** Conditions on the series of a metric by what the reader chose. */
final class Series {

  static final String TOTAL = "series = ''";
  static final String CHOSEN_PLANS = chosen("plan");
  static final String CHOSEN_CHANNELS = chosen("channel");
  static final String CHOSEN_ENDPOINTS = chosen("endpoint");
  static final String CHOSEN_SERVICES = chosen("service");

  /** A campaign counts if it is chosen itself and its channel is. */
  static final String CHOSEN_CAMPAIGNS =
      """
      series LIKE 'campaign=%' AND series NOT LIKE '%,%'
        AND $__conditionalAll(dims['campaign'] IN (${campaign:singlequote}), $campaign)
        AND $__conditionalAll(dims['campaign'] IN (
          SELECT dims['campaign']
          FROM tidewatch.v_metric_windows
          WHERE metric = 'ad_spend' AND window = '1d' AND series LIKE 'campaign=%,channel=%'
            AND dims['channel'] IN (${channel:singlequote})), $channel)"""
          .replace("\n", "\n  ");

  private Series() {}

  /**
   * The series of one dimension add up to the total: an event that has no value of it is in the
   * series of the empty one.
   */
  private static String chosen(String dimension) {
    return """
        series LIKE '%1$s=%%' AND series NOT LIKE '%%,%%'
          AND $__conditionalAll(dims['%1$s'] IN (${%1$s:singlequote}), $%1$s)"""
        .formatted(dimension)
        .replace("\n", "\n  ");
  }
}
