package io.tidewatch.event;

import static io.tidewatch.event.Property.Kind.INTEGER;
import static io.tidewatch.event.Property.Kind.MONEY;
import static io.tidewatch.event.Property.Kind.NUMBER;
import static io.tidewatch.event.Property.Kind.TEXT;
import static io.tidewatch.event.Property.Kind.TIMESTAMP;
import static io.tidewatch.event.Property.optional;
import static io.tidewatch.event.Property.required;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The event types Tidewatch knows and the properties of each.
 *
 * <p>A type outside the catalogue is no error: its events are kept as facts, unchecked beyond what
 * holds for every event.
 */
public final class EventCatalogue {

  private static final Set<String> WEB =
      Set.of("page.viewed", "form.completed", "demo.requested", "content.viewed", "content.shared");

  /** So many of the largest amount, each day, are revenue that tables hold. */
  private static final long MOST_UNITS = 1_000_000_000;

  private static final Map<String, EventType> TYPES = new LinkedHashMap<>();

  static {
    define(
        "api.request",
        required("endpoint", TEXT),
        required("method", TEXT),
        required("status_code", INTEGER),
        required("response_time_ms", NUMBER),
        optional("bytes_processed", INTEGER),
        optional("country", TEXT),
        optional("compute_units", NUMBER));
    define("auth.succeeded", optional("ip", TEXT));
    define("auth.failed", optional("ip", TEXT));

    define(
        "customer.created",
        optional("company_name", TEXT),
        optional("industry", TEXT),
        optional("tier", TEXT),
        optional("plan", TEXT),
        optional("country", TEXT),
        optional("acquisition_channel", TEXT));
    define("user.registered");
    define("user.activated");
    define("team.invited");
    define("onboarding.completed");

    defineSubscriptionState("subscription.started");
    defineSubscriptionState("subscription.changed");
    define("subscription.canceled", required("subscription_id", TEXT), optional("reason", TEXT));
    definePayment("payment.succeeded");
    definePayment("payment.failed");
    definePayment("payment.refunded");

    define("feature.used", required("feature", TEXT));
    define("workflow.started", required("workflow", TEXT));
    define("workflow.completed", required("workflow", TEXT));
    define("integration.completed", required("integration", TEXT));
    define("integration.failed", required("integration", TEXT));
    define(
        "page.viewed",
        required("path", TEXT),
        optional("referrer", TEXT),
        optional("utm_source", TEXT),
        optional("utm_medium", TEXT),
        optional("utm_campaign", TEXT),
        optional("country", TEXT),
        optional("device", TEXT),
        optional("duration_ms", NUMBER),
        optional("load_ms", NUMBER));
    define("form.completed", required("form", TEXT));
    define("demo.requested");
    define("demo.completed");
    define("trial.started");
    define("trial.converted");

    define("lead.created", optional("channel", TEXT), optional("score", NUMBER));
    define("lead.qualified", optional("channel", TEXT), optional("score", NUMBER));
    defineOpportunity("opportunity.created");
    defineOpportunity("opportunity.stage_changed");
    defineOpportunity("opportunity.won");
    defineOpportunity("opportunity.lost");

    defineAd("ad.impression");
    defineAd("ad.click");
    defineAd("ad.conversion");
    define(
        "ad.spend",
        required("campaign", TEXT),
        required("channel", TEXT),
        required("amount", MONEY),
        required("currency", TEXT));
    define(
        "campaign.budget",
        required("campaign", TEXT),
        required("daily_budget", MONEY),
        required("currency", TEXT),
        optional("start", TIMESTAMP),
        optional("starts_at", TIMESTAMP));
    for (String step : List.of("sent", "opened", "clicked", "unsubscribed", "bounced")) {
      define("email." + step, required("campaign", TEXT));
    }
    defineContent("content.viewed");
    defineContent("content.shared");

    defineTicket("ticket.opened");
    defineTicket("ticket.responded");
    defineTicket("ticket.resolved");
    define(
        "survey.answered",
        required("survey", TEXT).oneOf("nps", "csat", "ces"),
        required("score", NUMBER),
        optional("comment", TEXT));
    define("feedback.received", required("text", TEXT), optional("category", TEXT));
    define("experiment.exposed", required("experiment", TEXT), optional("variant", TEXT));
    define("experiment.converted", required("experiment", TEXT), optional("value", MONEY));

    define(
        "error.raised",
        required("service", TEXT),
        required("severity", TEXT).oneOf("warning", "error", "critical"),
        optional("fingerprint", TEXT));
    define(
        "system.sampled",
        required("service", TEXT),
        required("metric", TEXT),
        required("value", NUMBER));
    define("service.heartbeat", required("service", TEXT));
    define(
        "benchmark.observed",
        required("subject", TEXT),
        required("metric", TEXT),
        required("value", NUMBER));
  }

  private EventCatalogue() {}

  /** The type of that name; null if the catalogue doesn't know it. */
  public static EventType find(String name) {
    return TYPES.get(name);
  }

  /** The names of all types. */
  public static Set<String> names() {
    return Set.copyOf(TYPES.keySet());
  }

  /** Whether events of that type, catalogued or not, need a {@code customer_id}. */
  public static boolean requiresCustomer(String name) {
    return name.startsWith("customer.") || name.startsWith("subscription.");
  }

  private static void define(String name, Property... properties) {
    TYPES.put(name, new EventType(name, WEB.contains(name), List.of(properties)));
  }

  private static void defineSubscriptionState(String name) {
    define(
        name,
        required("subscription_id", TEXT),
        required("plan", TEXT),
        required("amount", MONEY),
        required("currency", TEXT),
        required("interval", TEXT).oneOf("day", "week", "month", "year"),
        optional("interval_count", INTEGER).atLeast(1),
        optional("quantity", INTEGER).atLeast(0).atMost(MOST_UNITS),
        optional("status", TEXT)
            .oneOf("active", "trialing", "past_due", "paused", "unpaid", "incomplete"));
  }

  private static void definePayment(String name) {
    define(
        name,
        required("amount", MONEY),
        required("currency", TEXT),
        optional("invoice_id", TEXT),
        optional("subscription_id", TEXT),
        optional("revenue_type", TEXT).oneOf("subscription", "usage", "one-time"),
        optional("failure_code", TEXT),
        optional("country", TEXT));
  }

  private static void defineOpportunity(String name) {
    define(
        name,
        required("opportunity_id", TEXT),
        required("amount", MONEY),
        required("currency", TEXT),
        optional("stage", TEXT),
        optional("segment", TEXT),
        optional("reason", TEXT));
  }

  private static void defineAd(String name) {
    define(
        name,
        required("campaign", TEXT),
        required("channel", TEXT),
        optional("country", TEXT),
        optional("value", MONEY));
  }

  private static void defineContent(String name) {
    define(
        name,
        required("content", TEXT),
        optional("duration_ms", NUMBER),
        optional("channel", TEXT));
  }

  private static void defineTicket(String name) {
    define(
        name, required("ticket_id", TEXT), optional("priority", TEXT), optional("category", TEXT));
  }
}
