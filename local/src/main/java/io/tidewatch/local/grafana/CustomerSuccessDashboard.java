package io.tidewatch.local.grafana;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/** For those who look after customers: who is well, who is not, and whom to call. */
final class CustomerSuccessDashboard {

  private static final String CONCERNED = "has(receivers, 'customer_success')";

  private static final String THIS_CUSTOMER =
      "/d/tidewatch-customer-success?var-customer=${__data.fields.Customer}&${__url_time_range}";

  private static final Map<String, Colour> RISKS =
      Map.of(
          "Critical", Colour.BAD,
          "High", Colour.WARNING,
          "Medium", Colour.SKY,
          "Low", Colour.GOOD);

  private static final Map<String, Colour> CATEGORIES =
      Map.of(
          "Excellent", Colour.GOOD,
          "Good", Colour.SKY,
          "At Risk", Colour.WARNING,
          "Critical", Colour.BAD);

  /** Of the customers table, those that are chosen. */
  private static final String CHOSEN =
      """
      $__conditionalAll(plan IN (${plan:singlequote}), $plan)
        AND $__conditionalAll(customer_id IN (${customer:singlequote}), $customer)""";

  private static final String CHOSEN_CUSTOMERS =
      "$__conditionalAll(customer_id IN (${customer:singlequote}), $customer)";

  /** Those of all and, where customers are chosen, theirs. */
  private static final String ALERTS_SHOWN =
      CONCERNED
          + " AND (customer_id = '' OR (NOT ($__conditionalAll(1 = 0, $customer))"
          + " AND customer_id IN (${customer:singlequote})))";

  /** Each customer's last score. */
  private static final String LAST_SCORES =
      """
      SELECT
        customer_id,
        argMax(health_score, calculated_at) AS health,
        argMax(support_tickets_open, calculated_at) AS tickets
      FROM tidewatch.v_fact_customer_health
      WHERE calculated_at > $__toTime - INTERVAL 3 DAY AND calculated_at <= $__toTime
      GROUP BY customer_id""";

  private CustomerSuccessDashboard() {}

  static Dashboard define() {
    return new Dashboard(
        "tidewatch-customer-success",
        "Customer success",
        "Are our customers well, who got worse, and whom do we call?",
        "now-14d",
        "1m",
        ALERTS_SHOWN,
        List.of(Variable.PLAN, Variable.CUSTOMER),
        List.of(
            Row.of(
                4,
                CommonPanels.alertsFiring(4, CONCERNED),
                health(),
                atRisk(),
                revenueAtRisk(),
                openTickets(),
                CommonPanels.freshness(4)),
            Row.of(10, whomToCall(), firing()),
            Row.of(8, categories(), segments(), risk()),
            Row.of(8, whatHealthIsMadeOf(), transitions()),
            Row.of(8, openAlertsOfCustomers(), support(), satisfaction()),
            Row.of(8, use(), payments())));
  }

  private static Panel health() {
    return Panel.stat(
            4,
            "Average health",
            "Health of the chosen plans' customers at the last midnight, 0 to 100, and the change"
                + " from the end of the period before. From 70 on a customer is healthy.",
            Periods.atMidnight(
                "Health",
                "sum(value * samples) / sum(samples)",
                "average_health",
                Series.CHOSEN_PLANS))
        .decimals(1)
        .fallsTo(50, 70)
        .withChange(false)
        .noData("No midnight yet.");
  }

  private static Panel atRisk() {
    return Panel.stat(
            4,
            "Customers at risk",
            "Customers whose health was below 50 at the last midnight, and the change from the end"
                + " of the period before.",
            Periods.atMidnight("At risk", "sum(value)", "at_risk_customers", Series.CHOSEN_PLANS))
        .decimals(0)
        .withChange(true)
        .noData("No midnight yet.");
  }

  private static Panel revenueAtRisk() {
    return Panel.stat(
            4,
            "Recurring revenue at risk",
            "What customers pay per month who are likely to leave within 90 days: their churn risk"
                + " is high or critical, or their health is below 50.",
            """
            SELECT sum(toFloat64(customers.mrr)) AS "MRR at risk"
            FROM tidewatch.v_dim_customers AS customers
            LEFT JOIN
            (
              %s
            ) AS scores USING (customer_id)
            WHERE customers.mrr > 0
              AND (churn_risk IN ('High', 'Critical') OR (scores.customer_id != '' AND health < 50))
              AND %s"""
                .formatted(nested(LAST_SCORES), nested(CHOSEN)))
        .unit(Unit.NUMBER)
        .decimals(1)
        .wrongFrom(1)
        .noData("No customer yet.");
  }

  private static Panel openTickets() {
    return Panel.stat(
            4,
            "Open tickets",
            "Tickets that customers have open, as of their last score.",
            """
            SELECT sum(tickets) AS "Open tickets"
            FROM
            (
              %s
            )
            WHERE %s
            HAVING count() > 0"""
                .formatted(nested(LAST_SCORES), CHOSEN_CUSTOMERS))
        .decimals(0)
        .noData("No score yet.");
  }

  private static Panel whomToCall() {
    return Panel.table(
            14,
            "Whom to call first",
            "Customers who pay and are likely to leave, those with the most at stake first: what"
                + " they pay per month times how likely they are to leave within 90 days. A row"
                + " opens the customer.",
            """
            SELECT
              customers.customer_id AS "Customer",
              company_name AS "Company",
              plan AS "Plan",
              toFloat64(mrr) AS "MRR",
              health AS "Health",
              churn_risk AS "Risk",
              churn_probability AS "Likely to leave",
              toFloat64(mrr) * churn_probability AS "At stake",
              arrayElement(churn_reasons, 1) AS "Because of"
            FROM tidewatch.v_dim_customers AS customers
            LEFT JOIN
            (
              %s
            ) AS scores USING (customer_id)
            WHERE mrr > 0
              AND %s
            ORDER BY "At stake" DESC NULLS LAST, "Customer"
            LIMIT 50"""
                .formatted(nested(LAST_SCORES), nested(CHOSEN)))
        .words("Risk", RISKS)
        .column("MRR", Unit.NUMBER, 0)
        .column("Health", Unit.NONE, 0)
        .gaugeCells("Health", 100)
        .column("Likely to leave", Unit.RATIO, 0)
        .column("At stake", Unit.NUMBER, 0)
        .fallsTo(50, 70)
        .columnWidth("Customer", 85)
        .columnWidth("Plan", 85)
        .columnWidth("MRR", 65)
        .columnWidth("Risk", 75)
        .columnWidth("Likely to leave", 100)
        .columnWidth("At stake", 75)
        .mayLack("Health")
        .mayLack("Likely to leave")
        .mayLack("At stake")
        .wrap("Because of")
        .link("Customer", "Open this customer", THIS_CUSTOMER)
        .link("Company", "Open this customer", THIS_CUSTOMER)
        .noData("No customer pays yet.");
  }

  private static Panel firing() {
    return Panel.table(
            10,
            "What to do now",
            "Alerts about customers that fire, the newest first, with what they pay and what to do"
                + " next. The rule's name opens its runbook.",
            """
            SELECT
              severity AS "Severity",
              rule AS "Rule",
              customer_id AS "Customer",
              started_at AS "Since",
              summary AS "What happened and what to do"
            FROM tidewatch.v_alerts
            WHERE status = 'firing' AND acknowledged_at IS NULL AND %s
              AND %s
            ORDER BY indexOf(['critical', 'high', 'medium', 'low'], severity), "Since" DESC
            LIMIT 50"""
                .formatted(CONCERNED, CHOSEN_CUSTOMERS))
        .words("Severity", CommonPanels.SEVERITIES)
        .column("Since", Unit.TIME)
        .columnWidth("Severity", 65)
        .columnWidth("Rule", 140)
        .columnWidth("Customer", 70)
        .columnWidth("Since", 85)
        .wrap("What happened and what to do")
        .link("Rule", "Runbook", "/public/runbooks/${__value.raw}.md")
        .link("Customer", "Open this customer", THIS_CUSTOMER)
        .noData("Nothing: no alert about a customer fires.");
  }

  private static Panel categories() {
    return Panel.bars(
            10,
            "Customers by health",
            "How many were in which category at each midnight: Excellent from 90, Good from 70, At"
                + " Risk from 50, Critical below.",
            """
            SELECT
              window_start AS time,
              sumIf(value, dims['category'] = 'Excellent') AS "Excellent",
              sumIf(value, dims['category'] = 'Good') AS "Good",
              sumIf(value, dims['category'] = 'At Risk') AS "At Risk",
              sumIf(value, dims['category'] = 'Critical') AS "Critical"
            FROM tidewatch.v_metric_windows
            WHERE metric = 'customers_by_category' AND window = '1d' AND series LIKE 'category=%'
              AND $__timeFilter(window_start)
            GROUP BY time
            ORDER BY time""")
        .every(Duration.ofDays(1))
        .colour("Excellent", Colour.GOOD)
        .colour("Good", Colour.SKY)
        .colour("At Risk", Colour.WARNING)
        .colour("Critical", Colour.BAD)
        .noData("No midnight in this range.");
  }

  private static Panel segments() {
    return Panel.pie(
            7,
            "Segments",
            "Customers by what they are like, as of their last score.",
            """
            SELECT if(segment = '', 'not known', segment) AS segment, count() AS value
            FROM tidewatch.v_dim_customers
            WHERE mrr > 0
              AND %s
            GROUP BY segment
            ORDER BY value DESC"""
                .formatted(CHOSEN))
        .decimals(0)
        .noData("No customer pays yet.");
  }

  private static Panel risk() {
    return Panel.barChart(
            7,
            "Recurring revenue by churn risk",
            "What customers pay per month, by how likely they are to leave within 90 days: Low below"
                + " 20 %, Medium below 50 %, High below 80 %.",
            """
            SELECT churn_risk AS risk, sum(toFloat64(mrr)) AS "MRR"
            FROM tidewatch.v_dim_customers
            WHERE mrr > 0 AND churn_risk != ''
              AND %s
            GROUP BY risk
            ORDER BY indexOf(['Critical', 'High', 'Medium', 'Low'], risk)"""
                .formatted(CHOSEN))
        .unit(Unit.NUMBER)
        .noData("No customer pays yet.");
  }

  private static Panel whatHealthIsMadeOf() {
    return Panel.stack(
            12,
            "What health is made of",
            "Points of the five parts, each chosen customer's last ones of a day: use up to 30, recency"
                + " 20, adoption 20, payment 15, support 15. Choose one customer to see its own.",
            """
            SELECT
              time,
              avg(parts.1) AS "Use",
              avg(parts.2) AS "Recency",
              avg(parts.3) AS "Adoption",
              avg(parts.4) AS "Payment",
              avg(parts.5) AS "Support"
            FROM
            (
              SELECT
                $__timeInterval(calculated_at) AS time,
                argMax(
                  (usage_points, recency_points, adoption_points, payment_points, support_points),
                  calculated_at) AS parts
              FROM tidewatch.v_fact_customer_health
              WHERE $__timeFilter(calculated_at)
                AND %s
              GROUP BY customer_id, time
            )
            GROUP BY time
            ORDER BY time"""
                .formatted(CHOSEN_CUSTOMERS))
        .every(Duration.ofDays(1))
        .most(100)
        .decimals(0)
        .noData("No score in this range.");
  }

  private static Panel transitions() {
    return Panel.table(
            12,
            "Who got better or worse",
            "Changes of category in the range, the newest first, with the reason.",
            """
            SELECT
              time AS "When",
              customer_id AS "Customer",
              company_name AS "Company",
              from_category AS "From",
              to_category AS "To",
              score_after AS "Health",
              reason AS "Reason"
            FROM tidewatch.v_customer_transitions AS transitions
            LEFT JOIN
            (
              SELECT customer_id, company_name, plan
              FROM tidewatch.v_dim_customers
            ) AS customers USING (customer_id)
            WHERE $__timeFilter(time)
              AND %s
            ORDER BY time DESC
            LIMIT 100"""
                .formatted(CHOSEN))
        .words("From", CATEGORIES)
        .words("To", CATEGORIES)
        .column("When", Unit.TIME)
        .columnWidth("When", 110)
        .columnWidth("Customer", 85)
        .columnWidth("From", 85)
        .columnWidth("To", 85)
        .columnWidth("Health", 65)
        .wrap("Reason")
        .link("Customer", "Open this customer", THIS_CUSTOMER)
        .noData("Nobody's category changed in this range.");
  }

  private static Panel openAlertsOfCustomers() {
    return Panel.barGauge(
            8,
            "Alerts about customers, by rule",
            "How many began in the range, whether they fire still or not.",
            """
            SELECT rule, count() AS value
            FROM tidewatch.v_alerts
            WHERE $__timeFilter(started_at) AND customer_id != ''
              AND %s
            GROUP BY rule
            ORDER BY value DESC"""
                .formatted(CHOSEN_CUSTOMERS))
        .decimals(0)
        .noData("No alert about a customer began in this range.");
  }

  private static Panel support() {
    return Panel.lines(
            8,
            "How fast support is",
            "Average of each day: minutes until a ticket's first response, hours until it was"
                + " resolved. All customers.",
            """
            SELECT
              window_start AS time,
              maxOrNullIf(value, metric = 'first_response_minutes') AS "First response, minutes",
              maxOrNullIf(value, metric = 'resolution_hours') AS "Resolution, hours"
            FROM tidewatch.v_metric_windows
            WHERE metric IN ('first_response_minutes', 'resolution_hours') AND window = '1d'
              AND series = '' AND $__timeFilter(window_start)
            GROUP BY time
            ORDER BY time""")
        .every(Duration.ofDays(1))
        .colour("First response, minutes", Colour.BLUE)
        .colour("Resolution, hours", Colour.WARNING)
        .noData("No ticket in this range.");
  }

  private static Panel satisfaction() {
    return Panel.stat(
            8,
            "Satisfaction in the range",
            "Answers to surveys of the range: the net promoter score from −100 to 100, satisfaction"
                + " and effort as they were asked. All customers.",
            """
            SELECT
              sumIf(value * samples, metric = 'nps') / nullIf(sumIf(samples, metric = 'nps'), 0)
                AS "NPS",
              sumIf(value * samples, metric = 'csat') / nullIf(sumIf(samples, metric = 'csat'), 0)
                AS "Satisfaction",
              sumIf(value * samples, metric = 'ces') / nullIf(sumIf(samples, metric = 'ces'), 0)
                AS "Effort"
            FROM tidewatch.v_metric_windows
            WHERE metric IN ('nps', 'csat', 'ces') AND window = '1d' AND series = ''
              AND $__timeFilter(window_start)
            HAVING count() > 0""")
        .decimals(1)
        .upright()
        .noData("No survey was answered in this range.");
  }

  private static Panel use() {
    return Panel.bars(
            12,
            "How the chosen customers use the product",
            "API requests by day.",
            """
            SELECT
              $__timeInterval(timestamp) AS time,
              count() AS "Requests",
              countIf(response_code >= 500) AS "Failed"
            FROM tidewatch.v_fact_api_usage
            WHERE $__timeFilter(timestamp)
              AND %s
            GROUP BY time
            ORDER BY time"""
                .formatted(CHOSEN_CUSTOMERS))
        .every(Duration.ofDays(1))
        .unit(Unit.NUMBER)
        .colour("Requests", Colour.BLUE)
        .line("Failed", Colour.BAD)
        .noData("No request in this range.");
  }

  private static Panel payments() {
    return Panel.bars(
            12,
            "How the chosen customers' revenue moved",
            "Recurring revenue that they added and, downwards, took away, by day.",
            """
            SELECT
              $__timeInterval(time) AS time,
              sumIf(toFloat64(delta), delta > 0) AS "More",
              sumIf(toFloat64(delta), delta < 0) AS "Less"
            FROM
            (
              SELECT time, delta
              FROM tidewatch.v_mrr_movements
              WHERE $__timeFilter(time)
                AND %s
            )
            GROUP BY time
            ORDER BY time"""
                .formatted(nested(CHOSEN)))
        .every(Duration.ofDays(1))
        .unit(Unit.NUMBER)
        .colour("More", Colour.GOOD)
        .colour("Less", Colour.BAD)
        .noData("No movement in this range.");
  }

  private static String nested(String sql) {
    return sql.replace("\n", "\n  ");
  }
}
