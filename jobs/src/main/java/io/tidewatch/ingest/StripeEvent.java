package io.tidewatch.ingest;

import java.math.BigDecimal;
import java.time.Instant;

/**
 * A webhook event of Stripe and the object that it is about.
 *
 * @param type Stripe's word for what happened
 * @param time when Stripe created the event
 * @param object as it was then
 * @param previous what of it has changed, with the values before; null if not told
 */
record StripeEvent(String type, Instant time, JsonObject object, JsonObject previous) {

  /** What Stripe calls the object. */
  String id() throws Rejection {
    return object.text("id");
  }

  /** Whose object it is, or who it is; null if nobody's. */
  String customer() throws Rejection {
    return "customer".equals(object.text("object")) ? id() : object.id("customer");
  }

  /** The currency of the object's amounts, in upper case. */
  String currency() throws Rejection {
    String currency = StripeMoney.currency(object.text("currency"));
    if (currency == null) {
      throw missing("currency");
    }
    return currency;
  }

  /**
   * The amount in major units that the first present of the fields holds.
   *
   * @throws Rejection FIELD_MISSING if none is present
   */
  BigDecimal amount(String... fields) throws Rejection {
    for (String field : fields) {
      BigDecimal minor = object.number(field);
      if (minor != null) {
        return StripeMoney.major(minor, currency());
      }
    }
    throw missing(fields[0]);
  }

  /** That a field of the object is missing. */
  Rejection missing(String field) {
    return new Rejection(ReasonCode.FIELD_MISSING, object.path(field) + " is required");
  }
}
