package io.tidewatch.customers;

/** What a customer did on one local day. */
final class DailyActivity {

  long apiCalls;
  long apiErrors;

  /** Of all API calls together; whole numbers add up to the same in any order. */
  long responseMicros;

  long featureUses;
  long errorsRaised;
  long paymentFailures;
  long ticketsOpened;

  long uses() {
    return apiCalls + featureUses;
  }
}
