package io.tidewatch.local.grafana;

import java.time.Duration;
import java.util.List;

/** For those who run campaigns: what they cost and bring at this moment. */
final class CampaignDashboard {

  private static final String CONCERNED = "has(receivers, 'marketing')";

  private CampaignDashboard() {}

  static Dashboard define() {
    return new Dashboard(
        "tidewatch-campaign",
        "Real-time campaign",
        "Do campaigns run within their budgets, which ones changed, and which one to stop?",
        "now-24h",
        "30s",
        CONCERNED,
        List.of(Variable.CHANNEL, Variable.CAMPAIGN),
        List.of(
            Row.of(
                4,
                CommonPanels.alertsFiring(4, CONCERNED),
                sum("Spend", "ad_spend", "Spent on ads", true).unit(Unit.NUMBER).decimals(1),
                sum("Impressions", "ad_impressions", "Times that an ad was shown", false),
                sum("Clicks", "ad_clicks", "Clicks on ads", false),
                sum("Conversions", "ad_conversions", "Sales and sign-ups that ads led to", false),
                CommonPanels.freshness(4)),
            Row.of(8, budgets(), CommonPanels.mustAct(16, CONCERNED)),
            Row.of(4, costPerClick(), clickThroughRate(), conversionRate(), returnOnSpend()),
            Row.of(8, spendByCampaign(), clicksAndConversions()),
            Row.of(8, ratesByHour(), costByHour()),
            Row.of(8, campaigns(), countries())));
  }

  private static Panel sum(String title, String metric, String what, boolean lowerIsBetter) {
    return Panel.stat(
            4,
            title,
            what
                + " in the whole minutes of the range that are over, and the change from the same"
                + " elapsed part of the period before.",
            Periods.sum(title, metric, "1m", Series.CHOSEN_CAMPAIGNS))
        .unit(Unit.NUMBER)
        .withChange(lowerIsBetter)
        .noData("Nothing in this range.");
  }

  private static Panel costPerClick() {
    return ratio(
            "Cost per click",
            "Spend per click in the range, and the change from the period before. Above 5 somebody"
                + " is told.",
            "ad_spend",
            "ad_clicks",
            true)
        .decimals(2)
        .risesTo(4, 5);
  }

  private static Panel clickThroughRate() {
    return ratio(
            "Click-through rate",
            "Clicks per impression in the range, and the change from the period before.",
            "ad_clicks",
            "ad_impressions",
            false)
        .unit(Unit.RATIO)
        .decimals(1);
  }

  private static Panel conversionRate() {
    return ratio(
            "Conversion rate",
            "Conversions per click in the range, and the change from the period before. Below 1.5 %"
                + " over a day somebody is told.",
            "ad_conversions",
            "ad_clicks",
            false)
        .unit(Unit.RATIO)
        .decimals(1)
        .fallsTo(0.015, 0.03);
  }

  private static Panel ratio(
      String title, String description, String above, String below, boolean lowerIsBetter) {
    return Panel.stat(
            6,
            title,
            description,
            Periods.ofWindows(
                title,
                "sumIf(value, metric = '%s') / nullIf(sumIf(value, metric = '%s'), 0)"
                    .formatted(above, below),
                "metric IN ('%s', '%s')".formatted(above, below),
                "1m",
                Series.CHOSEN_CAMPAIGNS))
        .withChange(lowerIsBetter)
        .noData("Nothing to divide by in this range.");
  }

  private static Panel returnOnSpend() {
    return Panel.stat(
            6,
            "Return per unit spent",
            "Value of conversions over the days of the range, today until now included, per unit"
                + " spent. Below 1 campaigns cost more than they bring.",
            """
            SELECT sum(ratio * spend) / sum(spend) AS "Return"
            FROM
            (
              SELECT
                sumIf(value, metric = 'return_on_ad_spend') AS ratio,
                sumIf(value, metric = 'ad_spend') AS spend
              FROM tidewatch.v_metric_windows
              WHERE metric IN ('return_on_ad_spend', 'ad_spend') AND window = '1d'
                AND %s
                AND window_end > $__fromTime AND window_start <= $__toTime
              GROUP BY series, window_start
            )
            HAVING sum(spend) > 0"""
                .formatted(Series.CHOSEN_CAMPAIGNS.replace("\n", "\n    ")))
        .decimals(1)
        .fallsTo(1, 2)
        .noData("Nothing was spent in this range.");
  }

  private static Panel budgets() {
    return Panel.barGauge(
            8,
            "Today's budget that is spent",
            "Spend of the newest day per daily budget; today until now. Above 90 % the campaign is"
                + " to be paused, above 110 % it has overspent.",
            """
            SELECT dims['campaign'] AS campaign, argMax(value, window_start) AS value
            FROM tidewatch.v_metric_windows
            WHERE metric = 'budget_spent_ratio' AND window = '1d'
              AND %s
              AND window_start <= $__toTime AND window_end > $__toTime - INTERVAL 1 DAY
            GROUP BY campaign
            ORDER BY value DESC"""
                .formatted(Series.CHOSEN_CAMPAIGNS))
        .unit(Unit.RATIO)
        .decimals(0)
        .most(1.5)
        .risesTo(0.9, 1.1)
        .noData("No campaign has a budget today.");
  }

  private static Panel spendByCampaign() {
    return Panel.bars(
            12,
            "Spend by campaign, hour by hour",
            "The newest hour is not over.",
            """
            SELECT $__timeInterval(window_start) AS time, dims['campaign'] AS campaign,
              sum(value) AS value
            FROM tidewatch.v_metric_windows
            WHERE metric = 'ad_spend' AND window = '1h'
              AND %s
              AND $__timeFilter(window_start)
            GROUP BY time, campaign
            ORDER BY time, campaign"""
                .formatted(Series.CHOSEN_CAMPAIGNS))
        .every(Duration.ofHours(1))
        .namedBy("campaign")
        .unit(Unit.NUMBER)
        .noData("Nothing was spent in this range.");
  }

  private static Panel clicksAndConversions() {
    return Panel.bars(
            12,
            "Clicks and conversions, hour by hour",
            "Clicks on ads, on the left, and the sales and sign-ups they led to, on the right.",
            """
            SELECT
              $__timeInterval(window_start) AS time,
              sumIf(value, metric = 'ad_clicks') AS "Clicks",
              sumIf(value, metric = 'ad_conversions') AS "Conversions"
            FROM tidewatch.v_metric_windows
            WHERE metric IN ('ad_clicks', 'ad_conversions') AND window = '1h'
              AND %s
              AND $__timeFilter(window_start)
            GROUP BY time
            ORDER BY time"""
                .formatted(Series.CHOSEN_CAMPAIGNS))
        .every(Duration.ofHours(1))
        .colour("Clicks", Colour.BLUE)
        .line("Conversions", Colour.WARNING)
        .rightAxis("Conversions", Unit.NONE)
        .noData("No click in this range.");
  }

  private static Panel ratesByHour() {
    return Panel.lines(
            12,
            "Click-through rate, hour by hour",
            "Clicks per impression, by campaign.",
            byHour("ad_clicks", "ad_impressions"))
        .every(Duration.ofHours(1))
        .namedBy("campaign")
        .unit(Unit.RATIO)
        .noData("No impression in this range.");
  }

  private static Panel costByHour() {
    return Panel.lines(
            12,
            "Cost per click, hour by hour",
            "By campaign. Above 5 somebody is told.",
            byHour("ad_spend", "ad_clicks"))
        .every(Duration.ofHours(1))
        .namedBy("campaign")
        .decimals(2)
        .limit(5)
        .noData("No click in this range.");
  }

  private static String byHour(String above, String below) {
    return """
        SELECT $__timeInterval(window_start) AS time, dims['campaign'] AS campaign,
          sumIf(value, metric = '%1$s') / sumIf(value, metric = '%2$s') AS value
        FROM tidewatch.v_metric_windows
        WHERE metric IN ('%1$s', '%2$s') AND window = '1h'
          AND %3$s
          AND $__timeFilter(window_start)
        GROUP BY time, campaign
        HAVING isFinite(value)
        ORDER BY time, campaign"""
        .formatted(above, below, Series.CHOSEN_CAMPAIGNS);
  }

  private static Panel campaigns() {
    return Panel.table(
            14,
            "Campaign by campaign",
            "Whole minutes of the range that are over.",
            """
            %s
            SELECT
              dims['campaign'] AS "Campaign",
              sumIf(value, metric = 'ad_spend') AS "Spend",
              sumIf(value, metric = 'ad_impressions') AS "Impressions",
              sumIf(value, metric = 'ad_clicks') AS "Clicks",
              sumIf(value, metric = 'ad_conversions') AS "Conversions",
              "Clicks" / nullIf("Impressions", 0) AS "Click-through",
              "Spend" / nullIf("Clicks", 0) AS "Per click",
              "Spend" / nullIf("Conversions", 0) AS "Per conversion"
            FROM tidewatch.v_metric_windows
            WHERE metric IN ('ad_spend', 'ad_impressions', 'ad_clicks', 'ad_conversions')
              AND window = '1m'
              AND %s
              AND window_start >= $__fromTime AND window_end <= until
            GROUP BY "Campaign"
            ORDER BY "Spend" DESC"""
                .formatted(Periods.BOUNDS, Series.CHOSEN_CAMPAIGNS))
        .decimals(0)
        .column("Spend", Unit.NUMBER, 1)
        .column("Impressions", Unit.NUMBER)
        .column("Click-through", Unit.RATIO, 1)
        .column("Per click", Unit.NONE, 2)
        .column("Per conversion", Unit.NONE, 2)
        .mayLack("Click-through")
        .mayLack("Per click")
        .mayLack("Per conversion")
        .noData("No campaign ran in this range.");
  }

  private static Panel countries() {
    return Panel.barChart(
            10,
            "Clicks by country",
            "Where those who clicked are. All campaigns and channels.",
            """
            SELECT if(dims['country'] = '', 'not known', dims['country']) AS country,
              sum(value) AS "Clicks"
            FROM tidewatch.v_metric_windows
            WHERE metric = 'ad_clicks' AND window = '1m' AND series LIKE 'country=%'
              AND $__timeFilter(window_start)
            GROUP BY country
            ORDER BY "Clicks" DESC
            LIMIT 12""")
        .decimals(0)
        .noData("No click in this range.");
  }
}
