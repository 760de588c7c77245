package io.tidewatch.ingest;

import io.tidewatch.ingest.PropertyList.Kind;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * Turns what Stripe says of a subscription into its whole state at that time: one event, whatever
 * items it has ({@link StripeRecurring}).
 *
 * <p>The status is Stripe's, with two exceptions: a subscription whose collection is paused is
 * {@code paused}, and one that ended unpaid before it began, {@code incomplete_expired}, is
 * canceled. One that will be canceled at the end of its period stays what it is until then.
 */
final class StripeSubscription {

  private static final Set<String> TYPES =
      Set.of(
          "customer.subscription.created",
          "customer.subscription.updated",
          "customer.subscription.paused",
          "customer.subscription.resumed",
          "customer.subscription.deleted");
  private static final Set<String> ENDED = Set.of("canceled", "incomplete_expired");
  private static final Set<String> PAYING = Set.of("active", "past_due");

  private StripeSubscription() {}

  /** Whether the subscription is or was another one; the event is untouched if it wasn't. */
  static boolean translate(StripeEvent told, Candidate event) throws Rejection {
    if (!TYPES.contains(told.type())) {
      return false;
    }
    JsonObject subscription = told.object();
    String status = subscription.text("status");
    event.addText("subscription_id", told.id());
    if (told.type().endsWith(".deleted") || status != null && ENDED.contains(status)) {
      event.type = "subscription.canceled";
      JsonObject details = subscription.object("cancellation_details");
      event.addText("reason", details == null ? null : details.text("reason"));
      return true;
    }
    event.type = told.type().endsWith(".created") ? "subscription.started" : "subscription.changed";
    boolean isPaused =
        subscription.object("pause_collection") != null
            && (status == null || PAYING.contains(status));
    event.addText("status", isPaused ? "paused" : status);
    List<JsonObject> items = itemsOf(subscription);
    StripeTerms.of(told, items).addTo(event);
    addTimes(subscription, items, event);
    return true;
  }

  /** In the oldest versions the subscription is its own only item. */
  private static List<JsonObject> itemsOf(JsonObject subscription) throws Rejection {
    JsonObject list = subscription.object("items");
    if (list == null) {
      return List.of(subscription);
    }
    if (list.isTrue("has_more")) {
      throw new Rejection(
          ReasonCode.FIELD_MISSING,
          list.path("data") + " must hold all items, but says that there are more");
    }
    List<JsonObject> items = list.objects("data");
    if (items.isEmpty() || items.contains(null)) {
      throw new Rejection(ReasonCode.FIELD_MISSING, list.path("data") + " must hold the items");
    }
    return items;
  }

  private static void addTimes(JsonObject subscription, List<JsonObject> items, Candidate event)
      throws Rejection {
    JsonObject period = subscription;
    if (subscription.time("current_period_end") == null) {
      // since 2025 it is the items that have periods: the one that ends first is due next
      for (JsonObject item : items) {
        Instant end = item.time("current_period_end");
        Instant earliest = period.time("current_period_end");
        if (end != null && (earliest == null || end.isBefore(earliest))) {
          period = item;
        }
      }
    }
    addTime(event, "current_period_start", period.time("current_period_start"));
    addTime(event, "current_period_end", period.time("current_period_end"));
    addTime(event, "trial_end", subscription.time("trial_end"));
    addTime(event, "cancel_at", subscription.time("cancel_at"));
    if (subscription.isTrue("cancel_at_period_end")) {
      event.addProperty("cancel_at_period_end", "true", Kind.BOOLEAN);
    }
  }

  private static void addTime(Candidate event, String name, Instant time) {
    event.addText(name, time == null ? null : time.toString());
  }
}
