package io.tidewatch.local.company;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Some customers stop using the product; they still pay. */
final class CustomersGoingCold extends Incident {

  private final Set<String> customers;

  CustomersGoingCold(Span span, List<Customer> customers) {
    super(IncidentKind.CUSTOMERS_GOING_COLD, span);
    this.customers = customers.stream().map(Customer::id).collect(Collectors.toUnmodifiableSet());
  }

  @Override
  List<String> ownSeries() {
    List<String> series = new ArrayList<>(List.of("endpoint=*", "country=*"));
    customers.stream().sorted().forEach(id -> series.add("customer_id=" + id));
    return List.copyOf(series);
  }

  @Override
  Optional<CompanyEvent> change(CompanyEvent event) {
    boolean silenced =
        event.customerId() != null
            && customers.contains(event.customerId())
            && switch (event.topic()) {
              case "api-events" -> true;
              default ->
                  event.type().startsWith("feature.")
                      || event.type().startsWith("workflow.")
                      || event.type().startsWith("integration.")
                      || event.type().startsWith("experiment.")
                      || event.type().startsWith("auth.");
            };
    return silenced ? Optional.empty() : Optional.of(event);
  }
}
