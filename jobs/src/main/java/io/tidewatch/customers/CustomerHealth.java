package io.tidewatch.customers;

import java.time.LocalDate;

/**
 * A row of {@code fact_customer_health}.
 *
 * @param day local, of the moment it is about
 * @param featureAdoption 0 to 1
 * @param version how many events of the customer had been applied
 */
public record CustomerHealth(
    String customerId,
    LocalDate day,
    HealthScore health,
    CustomerSnapshot customer,
    double featureAdoption,
    long version) {

  /** The same for the same customer and moment. */
  public String id() {
    return customerId + '|' + customer.asOf().toEpochMilli();
  }
}
