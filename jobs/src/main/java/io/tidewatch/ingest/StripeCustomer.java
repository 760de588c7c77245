package io.tidewatch.ingest;

/** Turns a new customer of Stripe's into one of the catalogue, without the person's name. */
final class StripeCustomer {

  private StripeCustomer() {}

  /** Whether it was a new customer; the event is untouched if it wasn't. */
  static boolean translate(StripeEvent told, Candidate event) throws Rejection {
    if (!told.type().equals("customer.created")) {
      return false;
    }
    event.type = "customer.created";
    JsonObject address = told.object().object("address");
    event.addText("email", told.object().text("email"));
    event.addText("country", address == null ? null : address.text("country"));
    return true;
  }
}
