package io.tidewatch.bench.state;

import io.tidewatch.event.Event;
import io.tidewatch.metrics.InternalEvents;
import java.io.Serializable;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/**
 * Events of customers who use the product every day; event {@code n} is always the same. A day has
 * {@value #PER_DAY} events of each customer: calls of the API, one use of one of ten features, and
 * what happens rarely.
 */
record CustomerLives(long customers, int days) implements Serializable {

  static final int PER_DAY = 4;

  private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");
  private static final Duration DAY = Duration.ofDays(1);
  private static final int FEATURES = 10;
  private static final int MONTH = 30;
  private static final int ERRORS_ONE_IN = 50;
  private static final int SLOWEST_MILLIS = 400;

  long events() {
    return customers * days * PER_DAY;
  }

  /** The midnight that ends the last day. */
  Instant end() {
    return BEGIN.plus(DAY.multipliedBy(days));
  }

  /** When event {@code n} happens; a later event happens no earlier. */
  Instant time(long n) {
    long ofDay = n % (customers * PER_DAY);
    return BEGIN
        .plus(DAY.multipliedBy(dayOf(n)))
        .plusMillis(ofDay * DAY.toMillis() / (customers * PER_DAY));
  }

  private int dayOf(long n) {
    return (int) (n / (customers * PER_DAY));
  }

  Event event(long n) {
    long ofDay = n % (customers * PER_DAY);
    long customer = ofDay % customers;
    int day = dayOf(n);
    return switch ((int) (ofDay / customers)) {
      case 0 -> rare(n, customer, day);
      case 1 -> featureUse(n, customer, day);
      default -> call(n, customer);
    };
  }

  private Event rare(long n, long customer, int day) {
    if (day == 0) {
      return event(
          n,
          "customer.created",
          customer,
          Map.of(
              "company_name", "Company Number " + customer,
              "industry", "Manufacturing",
              "tier", "Team",
              "country", "DE",
              "acquisition_channel", "organic-search",
              "email", "%064x".formatted(customer)));
    }
    if (day == 1) {
      return event(n, InternalEvents.MRR_MOVED, customer, Map.of("mrr", "49.0000"));
    }
    return switch ((int) ((customer + day) % MONTH)) {
      case 0 -> event(n, "payment.succeeded", customer, Map.of());
      case 10 -> event(n, "ticket.opened", customer, Map.of("ticket_id", "ticket-" + customer));
      case 12 -> event(n, "ticket.resolved", customer, Map.of("ticket_id", "ticket-" + customer));
      case 15 -> event(n, "auth.succeeded", customer, Map.of());
      default -> call(n, customer);
    };
  }

  private Event featureUse(long n, long customer, int day) {
    return event(
        n, "feature.used", customer, Map.of("feature", "feature-" + (customer + day) % FEATURES));
  }

  private Event call(long n, long customer) {
    return event(
        n,
        "api.request",
        customer,
        Map.of(
            "status_code",
            n % ERRORS_ONE_IN == 0 ? "500" : "200",
            "response_time_ms",
            BigDecimal.valueOf(n % SLOWEST_MILLIS + 1).toPlainString()));
  }

  private Event event(long n, String type, long customer, Map<String, String> properties) {
    Instant time = time(n);
    return new Event(
        "bench",
        Long.toString(n),
        type,
        time,
        time,
        "customer-" + customer,
        null,
        null,
        null,
        null,
        null,
        properties,
        type.equals(InternalEvents.MRR_MOVED),
        Event.NEVER_LATE);
  }
}
