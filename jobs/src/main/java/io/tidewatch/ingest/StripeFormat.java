package io.tidewatch.ingest;

import io.tidewatch.ingest.PropertyList.Kind;
import java.io.IOException;

/**
 * Webhook events as Stripe sends them, of any API version.
 *
 * <p>Subscriptions, payments and new customers become events of the catalogue ({@link
 * StripeSubscription}, {@link StripePayment}, {@link StripeCustomer}) that keep the object's
 * metadata. Any other is kept as {@code stripe.} and its type, with everything under {@code data}
 * as Stripe wrote it, amounts in minor units included.
 *
 * <p>The id is Stripe's, so that what is delivered twice is a duplicate; the time is that of {@code
 * created}, which has whole seconds. Each event is translated by itself, so the order of deliveries
 * means nothing. Events of test mode are kept too: the property {@code livemode} tells them apart.
 * Stripe signs requests and not records; whoever writes to the topic verifies signatures.
 */
final class StripeFormat implements EventFormat {

  /** An event of the newer kind, which names its object and doesn't hold it. */
  private static final String THIN = "v2.core.event";

  @Override
  public Batch read(byte[] value) throws Rejection {
    JsonObject webhook = StrictJson.readObject(value, JsonObject::read);
    Candidate event = new Candidate();
    event.id = webhook.text("id");
    event.time = webhook.time("created");
    event.addText("api_version", webhook.text("api_version"));
    event.addText("account", webhook.text("account"));
    if (webhook.isTrue("livemode") || webhook.isFalse("livemode")) {
      event.addProperty("livemode", Boolean.toString(webhook.isTrue("livemode")), Kind.BOOLEAN);
    }
    String type = webhook.text("type");
    if (type == null) {
      throw missing("type");
    }
    if (event.time == null) {
      throw missing("created");
    }
    JsonObject data = webhook.object("data");
    JsonObject object = data == null ? null : data.object("object");
    if (object == null && !THIN.equals(webhook.text("object"))) {
      throw missing("data.object");
    }
    if (object == null || !translate(type, data, object, event)) {
      event.type = "stripe." + type;
      StrictJson.readObject(value, parser -> keepAll(new StrictCursor(parser), event));
    }
    return Batch.single(event);
  }

  private static boolean translate(String type, JsonObject data, JsonObject object, Candidate event)
      throws Rejection {
    StripeEvent told =
        new StripeEvent(type, event.time, object, data.object("previous_attributes"));
    event.customerId = told.customer();
    if (!StripeSubscription.translate(told, event)
        && !StripePayment.translate(told, event)
        && !StripeCustomer.translate(told, event)) {
      return false;
    }
    event.addText("stripe_type", type);
    JsonObject metadata = object.object("metadata");
    if (metadata != null) {
      metadata.addScalarsTo(event, "metadata.");
    }
    return true;
  }

  private static Candidate keepAll(JsonCursor object, Candidate event) throws IOException {
    String name;
    while ((name = object.nextName()) != null) {
      boolean isObject = object.type() == JsonCursor.Type.OBJECT;
      if (isObject && name.equals("data")) {
        PropertyReader.readObject(object, "", event);
      } else if (isObject && name.equals("related_object")) {
        PropertyReader.readObject(object, name, event);
      } else {
        object.skip();
      }
    }
    return event;
  }

  private static Rejection missing(String field) {
    return new Rejection(ReasonCode.FIELD_MISSING, field + " is required");
  }
}
