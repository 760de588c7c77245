package io.tidewatch.customers;

/**
 * A row of {@code fact_customer_health}.
 *
 * @param day local, of the moment it is about; an epoch day
 * @param featureAdoption 0 to 1
 * @param version how many events of the customer had been applied
 */
public record CustomerHealth(
    String customerId,
    long day,
    HealthScore health,
    CustomerSnapshot customer,
    double featureAdoption,
    long version) {

  /** The same for the same customer and moment. */
  public String id() {
    return customerId + '|' + customer.asOf().toEpochMilli();
  }
}
