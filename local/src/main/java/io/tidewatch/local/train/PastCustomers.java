package io.tidewatch.local.train;

import io.tidewatch.churn.ChurnFeatures;
import io.tidewatch.clickhouse.ClickHouse;
import io.tidewatch.clickhouse.SqlText;
import io.tidewatch.segments.SegmentFeatures;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What ClickHouse knows of customers: how they were on past dates, and when they left.
 *
 * <p>"As of" a date is as of the local midnight that begins it.
 */
public final class PastCustomers {

  /**
   * Nothing in it may read a row at or after {@code as_of}. Response times add up as whole
   * microseconds, as in the job: the order in which a server with many threads adds them does not
   * show.
   */
  private static final String FEATURES =
      """
      WITH
          %1$s AS as_of, %2$s AS a_week_before, %3$s AS a_month_before, %4$s AS zone,
          paying AS
          (
              SELECT customer_id, sum(delta) AS mrr, argMax(plan, (time, event_id)) AS plan
              FROM v_mrr_movements
              WHERE time < as_of
              GROUP BY customer_id
              HAVING mrr > 0
          ),
          calls AS
          (
              SELECT
                  customer_id,
                  countIf(timestamp >= a_week_before) AS last_week,
                  count() AS last_month,
                  sum(toInt64(round(1000 * greatest(0, least(response_time_ms, 86400000)))))
                      / (1000 * count()) AS response_time,
                  countIf(response_code >= 500) / count() AS error_rate
              FROM v_fact_api_usage
              WHERE timestamp >= a_month_before AND timestamp < as_of
              GROUP BY customer_id
          ),
          events AS
          (
              WITH type IN ('api.request', 'feature.used') AS is_use
              SELECT
                  customer_id,
                  min(time) AS first_seen,
                  ifNull(minIfOrNull(time, type = 'customer.created'), first_seen) AS signup,
                  maxIfOrNull(time, is_use) AS last_use,
                  maxIfOrNull(time, type = 'auth.succeeded') AS last_login,
                  argMaxIf(properties['tier'], time,
                      type IN ('customer.created', 'subscription.started', 'subscription.changed')
                      AND properties['tier'] != '') AS tier,
                  uniqExactIf(properties['feature'],
                      type = 'feature.used' AND time >= a_month_before) AS features,
                  uniqExactIf(toDate(time, zone), is_use AND time >= a_month_before) AS active_days,
                  countIf(type = 'ticket.opened' AND time >= a_month_before) AS tickets,
                  countIf(type = 'payment.failed' AND time >= a_month_before) AS payment_failures
              FROM v_fact_events
              WHERE time < as_of AND customer_id IN (SELECT customer_id FROM paying)
              GROUP BY customer_id
          )
      SELECT
          customer_id, plan, tier, mrr, last_week, last_month, response_time, error_rate, features,
          active_days, tickets, payment_failures,
          dateDiff('day', toDate(signup, zone), toDate(as_of, zone)) - 1 AS days_since_signup,
          dateDiff('day', toDate(last_use, zone), toDate(as_of, zone)) - 1 AS days_since_use,
          dateDiff('day',
              toDate(coalesce(last_login, last_use, first_seen), zone),
              toDate(as_of, zone)) - 1 AS days_since_login
      FROM paying
      INNER JOIN events USING (customer_id)
      LEFT JOIN calls USING (customer_id)
      ORDER BY customer_id""";

  private final ClickHouse clickHouse;
  private final ZoneId zone;

  /**
   * @param clickHouse whose unqualified table names are of the database {@code tidewatch}
   */
  public PastCustomers(ClickHouse clickHouse, ZoneId zone) {
    this.clickHouse = clickHouse;
    this.zone = zone;
  }

  /**
   * The days of which revenue is known.
   *
   * @param first on which it first moved
   * @param end the last local midnight that facts reach
   */
  public record Reach(LocalDate first, LocalDate end) {}

  /** Empty where no revenue ever moved. */
  public Optional<Reach> reach() {
    String query =
        """
        SELECT
            toDate(min(time), %1$s) AS first,
            greatest(toDate(max(time), %1$s),
                (SELECT toDate(max(time), %1$s) FROM v_fact_events)) AS end
        FROM v_mrr_movements
        HAVING count() > 0"""
            .formatted(SqlText.literal(zone.getId()));
    return clickHouse.query(query).stream()
        .findFirst()
        .map(row -> new Reach(LocalDate.parse(row.get("first")), LocalDate.parse(row.get("end"))));
  }

  /** All who paid as of that date and have facts from before, in the order of their ids. */
  public List<ObservedCustomer> payingAsOf(LocalDate date) {
    String query =
        FEATURES.formatted(
            midnight(date),
            midnight(date.minusDays(7)),
            midnight(date.minusDays(30)),
            SqlText.literal(zone.getId()));
    return clickHouse.query(query).stream().map(PastCustomers::customer).toList();
  }

  /** When each customer who left between two dates first did so; to is exclusive. */
  public Map<String, LocalDate> leftBetween(LocalDate from, LocalDate to) {
    String query =
        """
        SELECT customer_id, toDate(min(time), %s) AS left_on
        FROM v_mrr_movements
        WHERE kind = 'churn' AND time >= %s AND time < %s
        GROUP BY customer_id"""
            .formatted(SqlText.literal(zone.getId()), midnight(from), midnight(to));
    Map<String, LocalDate> left = new HashMap<>();
    clickHouse
        .query(query)
        .forEach(row -> left.put(row.get("customer_id"), LocalDate.parse(row.get("left_on"))));
    return left;
  }

  private String midnight(LocalDate date) {
    return SqlText.time(date.atStartOfDay(zone).toInstant());
  }

  private static ObservedCustomer customer(Map<String, String> row) {
    double daysSinceSignup = number(row, "days_since_signup", 0);
    double daysSinceUse = number(row, "days_since_use", daysSinceSignup);
    double adoption = ChurnFeatures.adoptionOf(Integer.parseInt(row.get("features")));
    double tier = ChurnFeatures.numericTier(row.get("tier"));
    double activeDays = Math.max(1, number(row, "active_days", 0));
    double mrr = number(row, "mrr", 0);
    ChurnFeatures churn =
        new ChurnFeatures(
            daysSinceSignup,
            number(row, "last_week", 0),
            number(row, "last_month", 0),
            number(row, "response_time", 0),
            number(row, "error_rate", 0),
            adoption,
            number(row, "tickets", 0),
            number(row, "days_since_login", 0),
            mrr,
            tier,
            number(row, "payment_failures", 0));
    SegmentFeatures segment =
        new SegmentFeatures(
            churn.apiCallsLast30d() / activeDays,
            churn.apiCallsLast30d() == 0 ? Double.NaN : churn.avgResponseTime(),
            adoption,
            churn.supportTicketsCount() / activeDays,
            mrr,
            daysSinceUse,
            tier);
    return new ObservedCustomer(row.get("customer_id"), row.get("plan"), churn, segment);
  }

  private static double number(Map<String, String> row, String column, double absent) {
    String value = row.get(column);
    return value == null ? absent : Double.parseDouble(value);
  }
}
