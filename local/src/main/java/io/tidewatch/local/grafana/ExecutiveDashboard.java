package io.tidewatch.local.grafana;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/** For those who run the company: money, growth, and whether somebody has to act. */
final class ExecutiveDashboard {

  private static final String SEVERE = "severity IN ('critical', 'high')";

  private ExecutiveDashboard() {}

  static Dashboard define() {
    return new Dashboard(
        "tidewatch-executive",
        "Executive",
        "Are we fine, what changed, and who must act?",
        "now-14d",
        "1m",
        "customer_id = ''",
        List.of(Variable.PLAN, Variable.CHANNEL),
        List.of(
            Row.of(
                4,
                CommonPanels.alertsFiring(4, SEVERE),
                mrr(),
                netRevenue(),
                payingCustomers(),
                retention(),
                CommonPanels.freshness(4)),
            Row.of(9, whatChanged(), CommonPanels.mustAct(14, SEVERE)),
            Row.of(8, mrrByPlan(), mrrMovements()),
            Row.of(8, revenueByDay(), today(), revenueByPlan()),
            Row.of(8, targets(), unitEconomics()),
            Row.of(8, funnel(), returnOnAdvertising(), churn())));
  }

  private static Panel mrr() {
    return Panel.stat(
            4,
            "Monthly recurring revenue",
            "What customers paid per month at the last midnight, and how far that is from the end"
                + " of the period before. In the reporting currency.",
            Periods.atMidnight("MRR", "sum(toFloat64(amount))", "mrr", Series.CHOSEN_PLANS))
        .unit(Unit.NUMBER)
        .decimals(1)
        .withChange(false)
        .noData("No midnight yet.");
  }

  private static Panel netRevenue() {
    return Panel.stat(
            4,
            "Net revenue in the range",
            "Payments less refunds in the whole hours of the range that are over, and the change"
                + " from the same elapsed part of the period before.",
            Periods.ofWindows(
                "Net revenue",
                "sum(toFloat64(amount))",
                "metric = 'net_revenue'",
                "1h",
                Series.CHOSEN_PLANS))
        .unit(Unit.NUMBER)
        .decimals(1)
        .withChange(false)
        .noData("No payment in this range.");
  }

  private static Panel payingCustomers() {
    return Panel.stat(
            4,
            "Paying customers",
            "Customers with recurring revenue at the last midnight, and the change from the end of"
                + " the period before.",
            Periods.atMidnight("Paying", "sum(value)", "paying_customers", Series.CHOSEN_PLANS))
        .decimals(0)
        .withChange(false)
        .noData("No midnight yet.");
  }

  private static Panel retention() {
    return Panel.stat(
            4,
            "Net retention, this month",
            "What is left until now of the revenue of the month's start, with expansion, without"
                + " new customers. Above 100 % the customers there are grow faster than they leave.",
            """
            SELECT toDateTime(month) AS time, nrr AS "NRR"
            FROM tidewatch.v_unit_economics
            WHERE dimension = '' AND month <= toDate($__toTime) AND nrr IS NOT NULL
            ORDER BY time DESC
            LIMIT 1""")
        .unit(Unit.RATIO)
        .decimals(1)
        .fallsTo(0.9, 1)
        .noData("Needs a whole month before this one.");
  }

  private static Panel whatChanged() {
    return Panel.table(
            10,
            "What changed",
            "Sums over the whole hours of the range that are over, against the same elapsed part of"
                + " the period before; what changed most comes first. All plans and channels.",
            """
            %s
            SELECT
              transform(metric,
                ['net_revenue', 'payments_failed', 'new_mrr', 'expansion_mrr', 'churned_mrr',
                 'new_customers', 'page_views', 'leads', 'trials_started', 'trials_converted',
                 'opportunities_won', 'tickets_opened', 'api_requests', 'ad_spend'],
                ['Net revenue', 'Failed payments', 'New MRR', 'Expansion MRR', 'Churned MRR',
                 'New customers', 'Page views', 'Leads', 'Trials started', 'Trials converted',
                 'Deals won', 'Tickets opened', 'API requests', 'Advertising spend']) AS "Figure",
              current AS "This period",
              previous AS "Period before",
              (current - previous) / nullIf(previous, 0) AS "Change",
              multiIf(
                "Change" IS NULL, '–',
                abs("Change") < 0.02, 'same',
                ("Change" > 0)
                  = (metric NOT IN ('payments_failed', 'churned_mrr', 'tickets_opened', 'ad_spend')),
                'better',
                'worse') AS "Verdict"
            FROM
            (
              SELECT
                metric,
                sumIf(value, days_earlier = 0) AS current,
                sumOrNullIf(value, days_earlier > 0) AS previous
              FROM tidewatch.v_metric_windows
              ARRAY JOIN [0, days] AS days_earlier
              WHERE metric IN ('net_revenue', 'payments_failed', 'new_mrr', 'expansion_mrr',
                  'churned_mrr', 'new_customers', 'page_views', 'leads', 'trials_started',
                  'trials_converted', 'opportunities_won', 'tickets_opened', 'api_requests',
                  'ad_spend')
                AND window = '1h' AND series = ''
                AND %s
              GROUP BY metric
            )
            ORDER BY abs("Change") DESC NULLS LAST, "Figure\""""
                .formatted(Periods.BOUNDS, Periods.BOTH.replace("\n", "\n    ")))
        .words("Verdict", Map.of("better", Colour.GOOD, "worse", Colour.BAD, "same", Colour.GREY))
        .unit(Unit.NUMBER)
        .column("Change", Unit.RATIO, 0)
        .mayLack("Period before")
        .mayLack("Change")
        .columnWidth("Verdict", 75)
        .noData("Nothing was counted in this range.");
  }

  private static Panel mrrByPlan() {
    return Panel.stack(
            12,
            "Monthly recurring revenue by plan",
            "What customers paid per month at each midnight. In the reporting currency.",
            """
            SELECT window_start AS time, dims['plan'] AS plan, toFloat64(amount) AS value
            FROM tidewatch.v_metric_windows
            WHERE metric = 'mrr' AND window = '1d'
              AND %s
              AND $__timeFilter(window_start)
            ORDER BY time, plan"""
                .formatted(Series.CHOSEN_PLANS))
        .every(Duration.ofDays(1))
        .namedBy("plan")
        .unit(Unit.NUMBER)
        .noData("No midnight in this range.");
  }

  private static Panel mrrMovements() {
    return Panel.bars(
            12,
            "What moved recurring revenue",
            "Recurring revenue that came and went, by day; losses point downwards.",
            """
            SELECT
              $__timeInterval(window_start) AS time,
              sumIf(value, metric = 'new_mrr') AS "New",
              sumIf(value, metric = 'expansion_mrr') AS "Expansion",
              sumIf(value, metric = 'reactivation_mrr') AS "Reactivation",
              -sumIf(value, metric = 'contraction_mrr') AS "Contraction",
              -sumIf(value, metric = 'churned_mrr') AS "Churn"
            FROM tidewatch.v_metric_windows
            WHERE metric IN ('new_mrr', 'expansion_mrr', 'reactivation_mrr', 'contraction_mrr',
                'churned_mrr')
              AND window = '1d'
              AND %s
              AND $__timeFilter(window_start)
            GROUP BY time
            ORDER BY time"""
                .formatted(Series.CHOSEN_PLANS))
        .every(Duration.ofDays(1))
        .unit(Unit.NUMBER)
        .colour("New", Colour.GOOD)
        .colour("Expansion", Colour.SKY)
        .colour("Reactivation", Colour.BLUE)
        .colour("Contraction", Colour.WARNING)
        .colour("Churn", Colour.BAD)
        .noData("No movement in this range.");
  }

  private static Panel revenueByDay() {
    return Panel.bars(
            12,
            "Net revenue by day",
            "Payments less refunds. Days that are not over are provisional; the dashed line is the"
                + " same day of the period before, as far as it can be compared.",
            """
            %s
            SELECT
              window_start + toIntervalDay(days_earlier) AS time,
              sumIf(toFloat64(amount), days_earlier = 0 AND is_final = 1) AS "Final",
              sumIf(toFloat64(amount), days_earlier = 0 AND is_final = 0) AS "Provisional",
              sumOrNullIf(toFloat64(amount), days_earlier > 0) AS "Period before"
            FROM tidewatch.v_metric_windows
            ARRAY JOIN [0, days] AS days_earlier
            WHERE metric = 'net_revenue' AND window = '1d'
              AND %s
              AND window_start >= $__fromTime - toIntervalDay(days_earlier)
              AND window_start <= $__toTime - toIntervalDay(days_earlier)
              AND (days_earlier = 0 OR window_end + toIntervalDay(days_earlier) <= until)
            GROUP BY time
            ORDER BY time"""
                .formatted(Periods.BOUNDS, Series.CHOSEN_PLANS))
        .every(Duration.ofDays(1))
        .unit(Unit.NUMBER)
        .colour("Final", Colour.BLUE)
        .colour("Provisional", Colour.SKY)
        .line("Period before", Colour.GREY)
        .noData("No payment in this range.");
  }

  private static Panel today() {
    return Panel.stat(
            5,
            "Today so far, provisional",
            "What today's figures are until now. They still grow, and the events that came too late"
                + " for a window of theirs are counted beside them.",
            """
            WITH least($__toTime, now()) AS until
            SELECT
              ifNull(sumIf(toFloat64(amount), metric = 'net_revenue'), 0) AS "Net revenue",
              sumIf(value, metric = 'payments_failed') AS "Failed payments",
              (
                SELECT count()
                FROM tidewatch.v_late_events
                WHERE received_at >= now() - INTERVAL 1 DAY
              ) AS "Late events in 24 h"
            FROM tidewatch.v_metric_windows
            WHERE metric IN ('net_revenue', 'payments_failed') AND window = '1d' AND series = ''
              AND window_start <= until AND window_end > until
            HAVING count() > 0""")
        .unit(Unit.NUMBER)
        .upright()
        .noData("Today has no payments yet.");
  }

  private static Panel revenueByPlan() {
    return Panel.pie(
            7,
            "Where revenue comes from",
            "Net revenue of the range by plan; the same sum as the figure above.",
            """
            %s
            SELECT if(dims['plan'] = '', 'no plan', dims['plan']) AS plan,
              sum(toFloat64(amount)) AS value
            FROM tidewatch.v_metric_windows
            WHERE metric = 'net_revenue' AND window = '1h'
              AND %s
              AND window_start >= $__fromTime AND window_end <= until
            GROUP BY plan
            HAVING value > 0
            ORDER BY value DESC"""
                .formatted(Periods.BOUNDS, Series.CHOSEN_PLANS))
        .unit(Unit.NUMBER)
        .noData("No payment in this range.");
  }

  private static Panel targets() {
    return Panel.barGauge(
            10,
            "Progress towards our targets",
            "How much of each target of targets.yaml the newest whole day has reached. Where less"
                + " is better, how much of what is there was allowed.",
            """
            SELECT
              concat(target, ' by ', toString(by_date), ' (', owner, ')') AS name,
              if(lower_is_better, kpi.value / nullIf(actual.newest, 0), actual.newest / kpi.value)
                AS value
            FROM tidewatch.v_kpi_targets AS kpi
            INNER JOIN
            (
              SELECT metric, argMax(value, window_start) AS newest
              FROM tidewatch.v_metric_windows
              WHERE window = '1d' AND series = '' AND is_final = 1 AND window_end <= $__toTime
                AND metric IN (SELECT metric FROM tidewatch.v_kpi_targets)
              GROUP BY metric
            ) AS actual USING (metric)
            ORDER BY kpi.by_date, kpi.target""")
        .unit(Unit.RATIO)
        .decimals(0)
        .most(1)
        .fallsTo(0.7, 1)
        .noData("targets.yaml names no target.");
  }

  private static Panel unitEconomics() {
    return Panel.table(
            14,
            "Unit economics by month",
            "Retention and lost customers are of those who were there when the month began; CAC is"
                + " spend on advertising and sales per new customer, Payback the months until it is"
                + " earned back. The newest month is not over.",
            """
            SELECT
              formatDateTime(month, '%Y-%m') AS "Month",
              toFloat64(mrr) AS "MRR",
              nrr AS "NRR",
              grr AS "GRR",
              logo_churn AS "Lost",
              ltv AS "LTV",
              cac AS "CAC",
              payback_months AS "Payback",
              quick_ratio AS "Quick ratio"
            FROM tidewatch.v_unit_economics
            WHERE dimension = '' AND month <= toDate($__toTime)
            ORDER BY month DESC
            LIMIT 12""")
        .decimals(1)
        .column("MRR", Unit.NUMBER, 1)
        .column("NRR", Unit.RATIO, 1)
        .mayLack("NRR")
        .column("GRR", Unit.RATIO, 1)
        .mayLack("GRR")
        .column("Lost", Unit.RATIO, 1)
        .mayLack("Lost")
        .column("LTV", Unit.NUMBER, 1)
        .mayLack("LTV")
        .column("CAC", Unit.NUMBER, 1)
        .mayLack("CAC")
        .mayLack("Payback")
        .mayLack("Quick ratio")
        .noData("No month yet.");
  }

  private static Panel funnel() {
    return Panel.barGauge(
            8,
            "From visit to customer",
            "How many got so far in the range: visitors are counted anew each day. Each step counts"
                + " those of the range, whenever they took the one before.",
            """
            SELECT step, value
            FROM
            (
              SELECT
                indexOf(['visitors', 'leads', 'qualified_leads', 'trials_started',
                  'trials_converted'], metric) AS place,
                ['Visitors', 'Leads', 'Qualified leads', 'Trials',
                  'Trials that became customers'][place] AS step,
                sum(value) AS value
              FROM tidewatch.v_metric_windows
              WHERE metric IN ('visitors', 'leads', 'qualified_leads', 'trials_started',
                  'trials_converted')
                AND window = '1d' AND series = '' AND $__timeFilter(window_start)
              GROUP BY metric
            )
            ORDER BY place""")
        .unit(Unit.NUMBER)
        .noData("Nobody came in this range.");
  }

  private static Panel returnOnAdvertising() {
    return Panel.barChart(
            8,
            "Return on advertising by channel",
            "Value of conversions per unit spent on a channel's ads: below 1 a channel costs more"
                + " than it brings.",
            """
            SELECT channel, sum(ratio * spend) / sum(spend) AS "Return per unit spent"
            FROM
            (
              SELECT
                dims['channel'] AS channel,
                sumIf(value, metric = 'return_on_ad_spend') AS ratio,
                sumIf(value, metric = 'ad_spend') AS spend
              FROM tidewatch.v_metric_windows
              WHERE metric IN ('return_on_ad_spend', 'ad_spend') AND window = '1d'
                AND %s
                AND $__timeFilter(window_start)
              GROUP BY channel, window_start
              HAVING spend > 0
            )
            GROUP BY channel
            ORDER BY "Return per unit spent" DESC"""
                .formatted(Series.CHOSEN_CHANNELS.replace("\n", "\n    ")))
        .decimals(1)
        .noData("Nothing was spent in this range.");
  }

  private static Panel churn() {
    return Panel.bars(
            8,
            "Churn by day",
            "Customers and recurring revenue that were lost in a day, of what there was when it"
                + " began.",
            """
            SELECT
              window_start AS time,
              sumIf(value, metric = 'logo_churn_rate') AS "Customers",
              sumIf(value, metric = 'revenue_churn_rate') AS "Revenue"
            FROM tidewatch.v_metric_windows
            WHERE metric IN ('logo_churn_rate', 'revenue_churn_rate') AND window = '1d'
              AND series = '' AND $__timeFilter(window_start)
            GROUP BY time
            ORDER BY time""")
        .every(Duration.ofDays(1))
        .unit(Unit.RATIO)
        .colour("Customers", Colour.WARNING)
        .line("Revenue", Colour.BAD)
        .noData("No midnight in this range.");
  }
}
