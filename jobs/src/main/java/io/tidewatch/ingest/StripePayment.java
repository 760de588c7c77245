package io.tidewatch.ingest;

import io.tidewatch.ingest.PropertyList.Kind;
import java.math.BigDecimal;
import java.time.Instant;

/**
 * Turns what Stripe says of money into payments, each counted once.
 *
 * <p>Stripe tells of one payment in several events. The invoice is the source of truth, or, where
 * there is none, the charge; never the payment intent or the checkout. Both {@code invoice.paid}
 * and {@code invoice.payment_succeeded} tell that an invoice was paid, so that one of them is
 * enough; where Stripe sends both, they have one {@link Deduplication#KEY}, and the first to come
 * is the payment. A charge counts if it says that it has no invoice, which it does not since API
 * version 2025-03-31: such a charge is kept under its own name.
 *
 * <p>A refund is what a charge has been refunded since it last was: {@code refund.created} tells
 * the same once more and counts only where there is no charge. A dispute's money goes back when it
 * is withdrawn and comes in again when it is reinstated.
 */
final class StripePayment {

  private static final String SUCCEEDED = "payment.succeeded";
  private static final String FAILED = "payment.failed";
  private static final String REFUNDED = "payment.refunded";

  private final StripeEvent told;
  private final JsonObject object;
  private final Candidate event;

  private StripePayment(StripeEvent told, Candidate event) {
    this.told = told;
    this.object = told.object();
    this.event = event;
  }

  /** Whether it was a payment; the event is untouched if it wasn't. */
  static boolean translate(StripeEvent told, Candidate event) throws Rejection {
    StripePayment payment = new StripePayment(told, event);
    return switch (told.type()) {
      case "invoice.paid", "invoice.payment_succeeded" -> payment.invoicePaid();
      case "invoice.payment_failed" -> payment.invoiceFailed();
      case "charge.succeeded", "charge.captured" -> payment.charged();
      case "charge.failed" -> payment.chargeFailed();
      case "charge.refunded" -> payment.chargeRefunded();
      case "refund.created" -> payment.refunded();
      case "charge.dispute.funds_withdrawn" -> payment.disputed(REFUNDED);
      case "charge.dispute.funds_reinstated" -> payment.disputed(SUCCEEDED);
      default -> false;
    };
  }

  private boolean invoicePaid() throws Rejection {
    BigDecimal amount = told.amount("amount_paid", "amount_due");
    if (amount.signum() == 0) {
      return false;
    }
    become(SUCCEEDED, amount);
    describeInvoice();
    event.addText(Deduplication.KEY, paidOnce());
    return true;
  }

  private boolean invoiceFailed() throws Rejection {
    become(FAILED, told.amount("amount_remaining", "amount_due"));
    describeInvoice();
    JsonObject charge = object.object("charge");
    JsonObject intent = object.object("payment_intent");
    JsonObject error = intent == null ? null : intent.object("last_payment_error");
    if (charge != null) {
      event.addText("failure_code", charge.text("failure_code"));
    } else if (error != null) {
      event.addText("failure_code", error.text("code"));
    }
    return true;
  }

  private boolean charged() throws Rejection {
    if (!saysThatItHasNoInvoice() || object.isFalse("captured")) {
      return false;
    }
    become(SUCCEEDED, told.amount("amount_captured", "amount"));
    describeCharge();
    event.addText("revenue_type", "one-time");
    return true;
  }

  private boolean chargeFailed() throws Rejection {
    if (!saysThatItHasNoInvoice()) {
      return false;
    }
    become(FAILED, told.amount("amount"));
    describeCharge();
    event.addText("failure_code", object.text("failure_code"));
    return true;
  }

  private boolean chargeRefunded() throws Rejection {
    if (object.isFalse("captured")) {
      return false;
    }
    BigDecimal before = told.previous() == null ? null : told.previous().number("amount_refunded");
    BigDecimal now = told.amount("amount_refunded");
    become(
        REFUNDED, before == null ? now : now.subtract(StripeMoney.major(before, told.currency())));
    describeCharge();
    event.addText("invoice_id", object.id("invoice"));
    return true;
  }

  private boolean refunded() throws Rejection {
    if (object.id("charge") != null) {
      return false;
    }
    become(REFUNDED, told.amount("amount"));
    event.addText("refund_id", told.id());
    event.addText("reason", object.text("reason"));
    return true;
  }

  private boolean disputed(String type) throws Rejection {
    become(type, told.amount("amount"));
    event.addText("dispute_id", told.id());
    event.addText("charge_id", object.id("charge"));
    event.addText("reason", object.text("reason"));
    return true;
  }

  private void become(String type, BigDecimal amount) throws Rejection {
    event.type = type;
    event.addText("amount", amount.toPlainString());
    event.addText("currency", told.currency());
  }

  private void describeInvoice() throws Rejection {
    String subscription = subscriptionOfInvoice();
    event.addText("invoice_id", told.id());
    event.addText("subscription_id", subscription);
    event.addText("revenue_type", subscription == null ? "one-time" : "subscription");
    event.addText("billing_reason", object.text("billing_reason"));
    addCountry(object.object("customer_address"));
    Long attempts = object.integer("attempt_count");
    if (attempts != null) {
      event.addProperty("attempt_count", attempts.toString(), Kind.INTEGER);
    }
  }

  private void describeCharge() throws Rejection {
    event.addText("charge_id", told.id());
    JsonObject billing = object.object("billing_details");
    addCountry(billing == null ? null : billing.object("address"));
  }

  private String subscriptionOfInvoice() throws Rejection {
    JsonObject parent = object.object("parent");
    JsonObject details = parent == null ? null : parent.object("subscription_details");
    return details == null ? object.id("subscription") : details.id("subscription");
  }

  /** An invoice may be reopened and paid again, so its id alone doesn't say which payment it is. */
  private String paidOnce() throws Rejection {
    JsonObject transitions = object.object("status_transitions");
    Instant paidAt = transitions == null ? null : transitions.time("paid_at");
    String invoice = told.id();
    return invoice == null || paidAt == null ? invoice : invoice + " paid at " + paidAt;
  }

  private boolean saysThatItHasNoInvoice() throws Rejection {
    return object.names("invoice") && object.id("invoice") == null;
  }

  private void addCountry(JsonObject address) throws Rejection {
    event.addText("country", address == null ? null : address.text("country"));
  }
}
