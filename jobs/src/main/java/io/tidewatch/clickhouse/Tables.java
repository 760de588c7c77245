package io.tidewatch.clickhouse;

import io.tidewatch.alert.Alert;
import io.tidewatch.audit.AuditEntry;
import io.tidewatch.currency.FxRate;
import io.tidewatch.customers.CustomerHealth;
import io.tidewatch.customers.CustomerRow;
import io.tidewatch.customers.CustomerTransition;
import io.tidewatch.dashboards.DashboardLinks;
import io.tidewatch.event.Event;
import io.tidewatch.ingest.DeadLetter;
import io.tidewatch.ingest.LateEvent;
import io.tidewatch.ingest.QualityFlag;
import io.tidewatch.metric.MetricWindow;
import io.tidewatch.revenue.MovementRow;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.Locale;

/**
 * The tables that stages write, each described once.
 *
 * <p>The version decides which of two rows of a key counts. It is never a clock: rows that one
 * input makes carry 1, so that writing them again changes nothing.
 */
public final class Tables {

  private static final long ONE_INPUT = 1;

  public static final Table<Event> FACT_EVENTS =
      Table.<Event>named("fact_events")
          .text("type", Event::type)
          .time("time", Event::time)
          .text("source", Event::source)
          .text("event_id", Event::id)
          .time("received_at", Event::receivedAt)
          .text("customer_id", Event::customerId)
          .text("user_id", Event::userId)
          .text("anonymous_id", Event::anonymousId)
          .text("session_id", Event::sessionId)
          .map("properties", Event::properties)
          .decimal("amount", Event::amount)
          .text("currency", Event::currency)
          .whole("version", event -> ONE_INPUT)
          .build();

  public static final Table<MetricWindow> METRIC_WINDOWS = metricWindows().build();

  /** Deletes the row of a window that no longer has a value. */
  public static final Table<MetricWindow> WINDOW_TOMBSTONES =
      metricWindows().flag("is_deleted", window -> true).build();

  public static final Table<DeadLetter> DEAD_LETTERS =
      Table.<DeadLetter>named("dead_letters")
          .text("source", DeadLetter::source)
          .text("topic", DeadLetter::topic)
          .whole("partition", DeadLetter::partition)
          .whole("offset", DeadLetter::offset)
          .time("received_at", DeadLetter::receivedAt)
          .text("reason_code", DeadLetter::reasonCode)
          .text("reason", DeadLetter::reason)
          .text("payload", DeadLetter::payload)
          .whole("version", letter -> ONE_INPUT)
          .build();

  public static final Table<LateEvent> LATE_EVENTS =
      Table.<LateEvent>named("late_events")
          .text("type", LateEvent::type)
          .time("time", LateEvent::time)
          .text("source", LateEvent::source)
          .text("event_id", LateEvent::eventId)
          .time("received_at", LateEvent::receivedAt)
          .time("watermark", LateEvent::watermark)
          .texts("windows", LateEvent::windows)
          .whole("version", event -> ONE_INPUT)
          .build();

  public static final Table<QualityFlag> DATA_QUALITY =
      Table.<QualityFlag>named("data_quality")
          .text("check", QualityFlag::check)
          .text("source", QualityFlag::source)
          .text("event_id", QualityFlag::eventId)
          .time("time", QualityFlag::time)
          .text("type", QualityFlag::type)
          .time("received_at", QualityFlag::receivedAt)
          .text("field", QualityFlag::field)
          .text("message", QualityFlag::message)
          .whole("version", flag -> ONE_INPUT)
          .build();

  public static final Table<MovementRow> MRR_MOVEMENTS =
      Table.<MovementRow>named("mrr_movements")
          .text("customer_id", MovementRow::customerId)
          .text("event_id", row -> row.movement().eventId())
          .time("time", row -> row.movement().time())
          .text("kind", row -> lowerCase(row.movement().kind()))
          .decimal("delta", row -> row.movement().delta())
          .decimal("mrr_before", row -> row.movement().before())
          .decimal("mrr_after", row -> row.movement().after())
          .text("subscription_id", row -> row.movement().subscriptionId())
          .text("plan", row -> row.movement().plan())
          .text("currency", row -> row.movement().currency())
          .decimal("original_amount", row -> row.movement().originalAmount())
          .whole("version", MovementRow::version)
          .flag("is_deleted", MovementRow::tombstone)
          .build();

  public static final Table<FxRate> FX_RATES =
      Table.<FxRate>named("fx_rates")
          .text("currency", FxRate::currency)
          .text("quote_currency", FxRate::quoteCurrency)
          .text("day", rate -> rate.day().toString())
          .decimal("rate", FxRate::rate)
          .whole("version", FxRate::version)
          .build();

  public static final Table<CustomerRow> DIM_CUSTOMERS =
      Table.<CustomerRow>named("dim_customers")
          .text("customer_id", CustomerRow::customerId)
          .text("email_hash", row -> row.profile().emailHash())
          .text("company_name", row -> row.profile().companyName())
          .text("industry", row -> row.profile().industry())
          .text("tier", row -> row.profile().tier())
          .text("plan", row -> row.profile().plan())
          .text("country", row -> row.profile().country())
          .text("acquisition_channel", row -> row.profile().acquisitionChannel())
          .time("signup_date", CustomerRow::signup)
          .time("first_api_call_date", CustomerRow::firstApiCall)
          .decimal("mrr", CustomerRow::mrr)
          .time("created_at", CustomerRow::firstSeen)
          .time("updated_at", CustomerRow::updatedAt)
          .text("segment", row -> row.predictions().segment())
          .numberOrNull("churn_probability", row -> row.predictions().churnProbability())
          .text("churn_risk", row -> row.predictions().churnRisk())
          .texts("churn_reasons", row -> row.predictions().churnReasons())
          .numberOrNull("remaining_months", row -> row.predictions().remainingMonths())
          .decimal("lifetime_value", row -> row.predictions().lifetimeValue())
          .decimal("lifetime_value_low", row -> row.predictions().lifetimeValueLow())
          .decimal("lifetime_value_high", row -> row.predictions().lifetimeValueHigh())
          .whole("version", CustomerRow::version)
          .build();

  public static final Table<CustomerHealth> FACT_CUSTOMER_HEALTH =
      Table.<CustomerHealth>named("fact_customer_health")
          .text("id", CustomerHealth::id)
          .text("customer_id", CustomerHealth::customerId)
          .whole("health_score", row -> row.health().score())
          .number("usage_points", row -> row.health().usage())
          .number("recency_points", row -> row.health().recency())
          .number("adoption_points", row -> row.health().adoption())
          .number("payment_points", row -> row.health().payment())
          .number("support_points", row -> row.health().support())
          .whole("api_calls_last_7d", row -> row.customer().apiCallsLast7Days())
          .whole("api_calls_last_30d", row -> row.customer().apiCallsLast30Days())
          .time("last_login_date", row -> row.customer().lastLogin())
          .whole("support_tickets_open", row -> row.customer().openTickets())
          .text("payment_status", row -> lowerCase(row.customer().payments()))
          .decimal("feature_adoption_score", row -> twoDecimals(row.featureAdoption()))
          .time("calculated_at", row -> row.customer().asOf())
          .text("date_partition", row -> LocalDate.ofEpochDay(row.day()).toString())
          .whole("version", CustomerHealth::version)
          .build();

  public static final Table<CustomerTransition> CUSTOMER_TRANSITIONS =
      Table.<CustomerTransition>named("customer_transitions")
          .text("customer_id", CustomerTransition::customerId)
          .time("time", CustomerTransition::time)
          .text("from_category", row -> row.before().category().label())
          .text("to_category", row -> row.after().category().label())
          .whole("score_before", row -> row.before().score())
          .whole("score_after", row -> row.after().score())
          .text("segment", CustomerTransition::segment)
          .numberOrNull("churn_probability", CustomerTransition::churnProbability)
          .text("reason", CustomerTransition::reason)
          .whole("version", CustomerTransition::version)
          .build();

  public static final Table<AuditEntry> AUDIT_LOG =
      Table.<AuditEntry>named("audit_log")
          .text("entry_id", AuditEntry::id)
          .time("time", AuditEntry::time)
          .text("actor", AuditEntry::actor)
          .text("action", AuditEntry::action)
          .text("object", AuditEntry::object)
          .text("details", AuditEntry::details)
          .whole("version", entry -> ONE_INPUT)
          .build();

  /**
   * @param dashboards which alerts open
   */
  public static Table<Alert> alerts(DashboardLinks dashboards) {
    return Table.<Alert>named("alerts")
        .text("alert_id", Alert::id)
        .text("rule", alert -> alert.profile().rule())
        .text("pattern", alert -> alert.profile().pattern())
        .text("severity", alert -> lowerCase(alert.profile().severity()))
        .text("status", alert -> lowerCase(alert.status()))
        .text("series", Alert::series)
        .text("customer_id", Alert::customerId)
        .time("started_at", Alert::startedAt)
        .time("updated_at", Alert::updatedAt)
        .time("ended_at", Alert::endedAt)
        .numberOrNull("value", alert -> alert.figures().value())
        .numberOrNull("baseline", alert -> alert.figures().baseline())
        .numberOrNull("threshold", alert -> alert.figures().threshold())
        .text("summary", Alert::summary)
        .text("evidence", alert -> AlertJson.evidence(alert, dashboards.of(alert)))
        .text("contributors", AlertJson::contributors)
        .texts("receivers", alert -> alert.profile().receivers())
        .texts("actions", alert -> alert.profile().actions())
        .whole("version", Alert::version)
        .build();
  }

  private static Table.Builder<MetricWindow> metricWindows() {
    return Table.<MetricWindow>named("metric_windows")
        .text("metric", MetricWindow::metric)
        .text("window", MetricWindow::window)
        .text("series", MetricWindow::series)
        .time("window_start", MetricWindow::windowStart)
        .time("window_end", MetricWindow::windowEnd)
        .map("dims", MetricWindow::dims)
        .number("value", MetricWindow::value)
        .decimal("amount", MetricWindow::amount)
        .whole("samples", MetricWindow::samples)
        .flag("is_final", MetricWindow::isFinal)
        .whole("version", MetricWindow::version);
  }

  private static String lowerCase(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  private static BigDecimal twoDecimals(double number) {
    return BigDecimal.valueOf(number).setScale(2, RoundingMode.HALF_UP);
  }

  private Tables() {}
}
