package io.tidewatch.clickhouse;

import io.tidewatch.alert.Alert;
import io.tidewatch.currency.FxRate;
import io.tidewatch.event.Event;
import io.tidewatch.ingest.DeadLetter;
import io.tidewatch.ingest.LateEvent;
import io.tidewatch.ingest.QualityFlag;
import io.tidewatch.metric.MetricWindow;
import io.tidewatch.revenue.MovementRow;
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

  public static final Table<MetricWindow> METRIC_WINDOWS =
      Table.<MetricWindow>named("metric_windows")
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
          .whole("version", MetricWindow::version)
          .build();

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

  public static final Table<Alert> ALERTS =
      Table.<Alert>named("alerts")
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
          .text("evidence", AlertJson::evidence)
          .text("contributors", alert -> "[]")
          .texts("receivers", alert -> alert.profile().receivers())
          .texts("actions", alert -> alert.profile().actions())
          .whole("version", Alert::version)
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
          .flag("is_deleted", MovementRow::ceased)
          .build();

  public static final Table<FxRate> FX_RATES =
      Table.<FxRate>named("fx_rates")
          .text("currency", FxRate::currency)
          .text("quote_currency", FxRate::quoteCurrency)
          .text("day", rate -> rate.day().toString())
          .decimal("rate", FxRate::rate)
          .whole("version", FxRate::version)
          .build();

  private static String lowerCase(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  private Tables() {}
}
