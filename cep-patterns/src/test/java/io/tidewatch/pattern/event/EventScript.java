package io.tidewatch.pattern.event;

import io.tidewatch.alert.Alert;
import io.tidewatch.alert.AlertStatus;
import io.tidewatch.event.Event;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What happens to one series in a line of text, and what became of it in another.
 *
 * <p>{@code 2:failed} is a failed login two minutes after the begin; the watermark passes it.
 * {@code 2.5~failed} comes too, but the watermark stays. {@code @5} is the watermark alone. What
 * comes behind it is late. {@code 0:budget/100} and {@code 1:spend/60} are of a campaign.
 *
 * <p>{@code fires(0..3)} is an alert that began in minute 0 and fired in minute 3, {@code
 * recovered(0..4)} the same one at its end.
 */
final class EventScript {

  static final Instant BEGIN = Instant.parse("2026-03-02T10:00:00Z");

  private final EventPatternOperators operators;
  private long watermark;
  private int events;

  private EventScript(EventPatternOperators operators, long watermark, int events) {
    this.operators = operators;
    this.watermark = watermark;
    this.events = events;
  }

  /** What becomes of it; the state is gone in the end. */
  static String play(EventPattern pattern, String script) throws Exception {
    try (EventPatternOperators operators = new EventPatternOperators(pattern, null)) {
      new EventScript(operators, Long.MIN_VALUE, 0).play(script.trim().split("\\s+"));
      String alerts = inShort(operators);
      operators.advanceTo(BEGIN.plus(Duration.ofDays(60)).toEpochMilli());
      return operators.remains() == 0 ? alerts : alerts + " with remains";
    }
  }

  /** As {@link #play}, but with a failure after half of the events. */
  static String playWithFailure(EventPattern pattern, String script) throws Exception {
    List<String> tokens = List.of(script.trim().split("\\s+"));
    int half = tokens.size() / 2;
    String before;
    EventPatternOperators.Snapshot snapshot;
    EventScript state;
    try (EventPatternOperators first = new EventPatternOperators(pattern, null)) {
      state = new EventScript(first, Long.MIN_VALUE, 0);
      state.play(tokens.subList(0, half).toArray(String[]::new));
      before = inShort(first);
      snapshot = first.snapshot();
    }
    try (EventPatternOperators second = new EventPatternOperators(pattern, snapshot)) {
      new EventScript(second, state.watermark, state.events)
          .play(tokens.subList(half, tokens.size()).toArray(String[]::new));
      return (before + ' ' + inShort(second)).trim();
    }
  }

  /** The alerts in whole. */
  static List<Alert> alerts(EventPattern pattern, String script) throws Exception {
    try (EventPatternOperators operators = new EventPatternOperators(pattern, null)) {
      new EventScript(operators, Long.MIN_VALUE, 0).play(script.trim().split("\\s+"));
      return operators.alerts();
    }
  }

  private void play(String... tokens) throws Exception {
    for (String token : tokens) {
      if (token.startsWith("@")) {
        advance(minute(token.substring(1)));
      } else {
        String[] parts = token.split("[:~]");
        Instant time = minute(parts[0]);
        operators.feed(event(time, parts[1]));
        if (token.contains(":")) {
          advance(time);
        }
      }
    }
  }

  private void advance(Instant time) throws Exception {
    watermark = Math.max(watermark, time.toEpochMilli());
    operators.advanceTo(watermark);
  }

  private Event event(Instant time, String what) {
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
        "e" + events++,
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
        watermark);
  }

  private static Instant minute(String number) {
    return BEGIN.plusMillis(
        new BigDecimal(number).multiply(BigDecimal.valueOf(60_000)).longValueExact());
  }

  private static String inShort(EventPatternOperators operators) {
    return operators.alerts().stream().map(EventScript::inShort).collect(Collectors.joining(" "));
  }

  static String inShort(Alert alert) {
    String event =
        alert.status() == AlertStatus.FIRING
            ? "fires"
            : alert.resolution().name().toLowerCase(Locale.ROOT);
    return "%s(%s..%s)".formatted(event, number(alert.startedAt()), number(alert.updatedAt()));
  }

  /** To a tenth of a minute. */
  private static String number(Instant time) {
    long tenths = Math.round(Duration.between(BEGIN, time).toMillis() / 6000.0);
    return tenths % 10 == 0 ? Long.toString(tenths / 10) : Double.toString(tenths / 10.0);
  }
}
