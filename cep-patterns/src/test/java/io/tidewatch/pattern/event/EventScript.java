package io.tidewatch.pattern.event;

import io.tidewatch.alert.Alert;
import io.tidewatch.event.Event;
import io.tidewatch.pattern.PatternScript;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What happens to one series, in minutes.
 *
 * <p>{@code 2:failed} is a failed login two minutes after the begin; {@code 0:budget/100} and
 * {@code 1:spend/60} are of a campaign.
 */
final class EventScript extends PatternScript<Event> {

  static final Instant BEGIN = Instant.parse("2026-03-02T10:00:00Z");

  private EventScript() {
    super(BEGIN, Duration.ofMinutes(1));
  }

  static String play(EventPattern pattern, String script) throws Exception {
    return new EventScript().play(() -> new EventPatternOperators(pattern), script);
  }

  static String playWithFailure(EventPattern pattern, String script) throws Exception {
    return new EventScript().playWithFailure(() -> new EventPatternOperators(pattern), script);
  }

  static List<Alert> alerts(EventPattern pattern, String script) throws Exception {
    return new EventScript().alerts(() -> new EventPatternOperators(pattern), script);
  }

  @Override
  protected Instant knownAt(Event event) {
    return event.time();
  }

  @Override
  protected Event event(Instant time, String what, int number) {
    String[] parts = what.split("/");
    Map<String, String> properties = new HashMap<>();
    String currency = null;
    BigDecimal amount = null;
    String type =
        switch (parts[0]) {
          case "failed" -> {
            properties.put("ip", "203.0.113.7");
            yield "auth.failed";
          }
          case "succeeded" -> {
            properties.put("ip", "203.0.113.7");
            yield "auth.succeeded";
          }
          case "beat" -> {
            properties.put("service", "ledger");
            yield "service.heartbeat";
          }
          case "shared" -> {
            properties.put("content", "guide");
            yield "content.shared";
          }
          case "viewed" -> {
            properties.put("content", "guide");
            yield "content.viewed";
          }
          case "spend", "foreign" -> {
            properties.put("campaign", "spring");
            amount = new BigDecimal(parts[1]);
            currency = parts[0].equals("spend") ? "EUR" : "USD";
            yield "ad.spend";
          }
          case "budget" -> {
            properties.put("campaign", "spring");
            properties.put("daily_budget", parts[1]);
            currency = "EUR";
            yield "campaign.budget";
          }
          default -> throw new IllegalArgumentException(what);
        };
    return new Event(
        "test",
        "e" + number,
        type,
        time,
        time,
        "acme",
        "u-1",
        null,
        null,
        amount,
        currency,
        properties,
        false,
        watermark());
  }
}
