package io.tidewatch.customers;

import io.tidewatch.event.Event;
import java.time.Instant;

/**
 * Who a customer is, as far as events have told; what none has told is empty.
 *
 * @param told when the latest of these events happened
 * @param emailHash what ingest has put in the place of the address
 */
public record Profile(
    Instant told,
    String companyName,
    String industry,
    String tier,
    String plan,
    String country,
    String acquisitionChannel,
    String emailHash) {

  static final Profile UNKNOWN = new Profile(Instant.MIN, "", "", "", "", "", "", "");

  /** Whether events of its type tell who the customer is. */
  public static boolean isToldBy(Event event) {
    return event.type().startsWith("customer.")
        || event.type().equals("subscription.started")
        || event.type().equals("subscription.changed");
  }

  /** With what the event tells; of two that tell the same the later one is right. */
  Profile with(Event event) {
    boolean later = !event.time().isBefore(told);
    return new Profile(
        later ? event.time() : told,
        told(companyName, event.get("company_name"), later),
        told(industry, event.get("industry"), later),
        told(tier, event.get("tier"), later),
        told(plan, event.get("plan"), later),
        told(country, event.get("country"), later),
        told(acquisitionChannel, event.get("acquisition_channel"), later),
        told(emailHash, pseudonym(event.get("email")), later));
  }

  /** An address that ingest was told to leave alone goes no further. */
  private static String pseudonym(String email) {
    return email == null || email.contains("@") ? null : email;
  }

  private static String told(String known, String told, boolean later) {
    return told == null || !later && !known.isEmpty() ? known : told;
  }
}
