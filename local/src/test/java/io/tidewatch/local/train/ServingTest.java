package io.tidewatch.local.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.customers.Customer;
import io.tidewatch.customers.CustomerEvents;
import io.tidewatch.customers.CustomerSnapshot;
import io.tidewatch.customers.LocalDays;
import io.tidewatch.customers.Predictions;
import io.tidewatch.event.Event;
import io.tidewatch.local.company.Company;
import io.tidewatch.local.company.CompanyEvent;
import io.tidewatch.revenue.Movement;
import io.tidewatch.revenue.SubscriptionEvents;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the job scores customers by is what models learned from. */
class ServingTest {

  private static final Instant FOUNDED = Instant.parse("2026-01-05T00:00:00Z");
  private static final LocalDate AS_OF = LocalDate.parse("2026-02-14");
  private static final LocalDays DAYS = new LocalDays(ZoneId.of("UTC"));

  private final Map<String, Customer> customers = new TreeMap<>();

  @Test
  void theJobSeesCustomersAtMidnightAsTrainingSawThem(@TempDir Path directory) {
    Company company = Company.founded(5, 60, FOUNDED);
    try (Warehouse warehouse = new Warehouse(directory)) {
      while (company.nextTime().isBefore(AS_OF.atStartOfDay().toInstant(ZoneOffset.UTC))) {
        live(company.next(), warehouse);
      }
      warehouse.write();
      Map<String, ObservedCustomer> trained = new TreeMap<>();
      warehouse
          .history()
          .payingAsOf(AS_OF)
          .forEach(customer -> trained.put(customer.id(), customer));

      Map<String, ObservedCustomer> served = new TreeMap<>();
      customers.forEach(
          (id, customer) -> {
            CustomerSnapshot snapshot = atMidnight(customer);
            if (snapshot.mrr().signum() > 0) {
              served.put(id, observed(id, snapshot));
            }
          });
      assertThat(served).hasSizeGreaterThan(50);
      assertThat(served).isEqualTo(trained);
    }
  }

  private void live(CompanyEvent event, Warehouse warehouse) {
    for (Movement movement : warehouse.add(event)) {
      apply(
          SubscriptionEvents.moved(
              warehouse.read(event), movement, warehouse.ledger(event.customerId()), "EUR"));
    }
    if (event.customerId() != null) {
      Event read = warehouse.read(event);
      if (CustomerEvents.isRead(read)) {
        apply(read);
      }
    }
  }

  private void apply(Event event) {
    customers
        .computeIfAbsent(
            event.customerId(), id -> Customer.seenAt(event.time(), AS_OF.toEpochDay()))
        .apply(event, DAYS);
  }

  private static CustomerSnapshot atMidnight(Customer customer) {
    return customer.reachMidnight(DAYS);
  }

  private static ObservedCustomer observed(String id, CustomerSnapshot snapshot) {
    return new ObservedCustomer(
        id,
        snapshot.plan(),
        Predictions.churnFeatures(snapshot),
        Predictions.segmentFeatures(snapshot));
  }
}
