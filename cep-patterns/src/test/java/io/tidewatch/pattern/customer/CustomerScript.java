package io.tidewatch.pattern.customer;

import io.tidewatch.alert.Alert;
import io.tidewatch.pattern.PatternScript;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What happens to one customer, in days.
 *
 * <p>{@code 2:failed} is a failed payment two days after the begin, {@code 0:changed/50} a
 * subscription that was changed, after which the customer pays 50.
 */
final class CustomerScript extends PatternScript<CustomerEvent> {

  static final Instant BEGIN = Instant.parse("2026-03-02T00:00:00Z");

  private static final Duration SPREAD = Duration.ofMinutes(3);

  private BigDecimal mrr = BigDecimal.valueOf(100);

  private CustomerScript() {
    super(BEGIN, Duration.ofDays(1));
  }

  static String play(CustomerPattern pattern, String script) throws Exception {
    return new CustomerScript().play(() -> new CustomerPatternOperators(pattern), script);
  }

  static String playWithFailure(CustomerPattern pattern, String script) throws Exception {
    return new CustomerScript()
        .playWithFailure(() -> new CustomerPatternOperators(pattern), script);
  }

  static List<Alert> alerts(CustomerPattern pattern, String script) throws Exception {
    return new CustomerScript().alerts(() -> new CustomerPatternOperators(pattern), script);
  }

  @Override
  protected Instant knownAt(CustomerEvent event) {
    return event.knownAt();
  }

  @Override
  protected CustomerEvent event(Instant time, String what, int number) {
    String[] parts = what.split("/");
    String word = parts[0];
    if (parts.length > 1 && !word.equals("health") && !word.equals("midnight")) {
      mrr = new BigDecimal(parts[1]);
    }
    Map<String, String> properties = new HashMap<>();
    Instant happened = time;
    Instant known =
        time.toEpochMilli() > watermark() ? time : Instant.ofEpochMilli(watermark() + 1);
    String type =
        switch (word) {
          case "failed" -> {
            properties.put("amount", "99");
            properties.put("currency", "USD");
            properties.put("failure_code", "expired_card");
            yield "payment.failed";
          }
          case "paid" -> "payment.succeeded";
          case "created" -> "customer.created";
          case "called" -> {
            properties.put("status_code", "200");
            yield "api.request";
          }
          case "broke" -> {
            properties.put("status_code", "503");
            yield "api.request";
          }
          case "used" -> "feature.used";
          case "raised" -> "error.raised";
          case "ticket" -> "ticket.opened";
          case "trial" -> "trial.started";
          case "trialing" -> {
            properties.put("status", "trialing");
            yield "subscription.started";
          }
          case "started" -> "subscription.started";
          case "changed" -> "subscription.changed";
          case "canceled" -> "subscription.canceled";
          case "converted" -> "trial.converted";
          case "health" -> {
            properties.put("score_before", parts[1]);
            properties.put("score_after", parts[2]);
            properties.put("reason", "Health fell from %s to %s".formatted(parts[1], parts[2]));
            yield "customer.transitioned";
          }
          case "midnight" -> {
            // as of the day's last moment, but made a little later
            happened = time.minusMillis(1);
            known = time.plus(SPREAD);
            properties.put("scheduled", "true");
            properties.put("score", parts.length > 1 ? parts[1] : "80");
            properties.put("usage_points", parts.length > 2 ? parts[2] : "30");
            properties.put("recency_points", parts.length > 3 ? parts[3] : "20");
            properties.put("open_tickets", parts.length > 4 ? parts[4] : "0");
            yield "customer.scored";
          }
          default -> throw new IllegalArgumentException(what);
        };
    return new CustomerEvent(
        "c-1", "test|" + number, happened, known, type, "Acme", "pro", mrr, properties);
  }
}
