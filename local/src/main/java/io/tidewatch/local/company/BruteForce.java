package io.tidewatch.local.company;

import java.time.Instant;
import java.util.List;

/** Someone tries passwords of one person until one fits. */
final class BruteForce extends Incident {

  private static final int ATTEMPTS = 150;
  private static final String FROM = "203.0.113.66";

  private final Span span;
  private final Customer customer;

  BruteForce(Span span, Customer customer) {
    super(IncidentKind.BRUTE_FORCE, span);
    this.span = span;
    this.customer = customer;
  }

  @Override
  List<String> ownSeries() {
    return List.of("customer_id=" + customer.id(), "user_id=" + customer.user(1), "ip=" + FROM);
  }

  @Override
  void tell(Feed feed) {
    long step = span.length().toMillis() / (ATTEMPTS + 1);
    for (int i = 0; i <= ATTEMPTS; i++) {
      Instant time = span.start().plusMillis(i * step);
      feed.tell(
          Draft.at(time, i < ATTEMPTS ? "auth.failed" : "auth.succeeded")
              .customer(customer.id())
              .user(customer.user(1))
              .with("ip", FROM));
    }
  }
}
