package io.tidewatch.pattern.customer;

import io.tidewatch.alert.Alert;
import io.tidewatch.alert.AlertStatus;
import io.tidewatch.pattern.MatchOperators;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What happens to one customer in a line of text, and what became of it in another.
 *
 * <p>{@code 2:failed} is a failed payment two days after the begin; the watermark passes it. {@code
 * 2.5~failed} comes too, but the watermark stays. {@code @5} is the watermark alone. What comes
 * behind it is late. {@code 0:changed/50} is a subscription that was changed, after which the
 * customer pays 50.
 *
 * <p>{@code fires(0..3)} is an alert that began on day 0 and fired on day 3, {@code
 * recovered(0..4)} the same one at its end.
 */
final class CustomerScript {

  static final Instant BEGIN = Instant.parse("2026-03-02T00:00:00Z");

  private static final Duration SPREAD = Duration.ofMinutes(3);

  private final CustomerPatternOperators operators;
  private long watermark = Long.MIN_VALUE;
  private BigDecimal mrr = BigDecimal.valueOf(100);
  private int events;

  private CustomerScript(CustomerPatternOperators operators) {
    this.operators = operators;
  }

  /** What becomes of it; the state is gone in the end. */
  static String play(CustomerPattern pattern, String script) throws Exception {
    try (CustomerPatternOperators operators = new CustomerPatternOperators(pattern)) {
      new CustomerScript(operators).play(script);
      String alerts = inShort(operators);
      operators.advanceTo(BEGIN.plus(Duration.ofDays(400)).toEpochMilli());
      if (operators.remains() != 0) {
        return alerts + " with remains";
      }
      return alerts;
    }
  }

  /** As {@link #play}, but with a failure after half of the events. */
  static String playWithFailure(CustomerPattern pattern, String script) throws Exception {
    String[] tokens = script.trim().split("\\s+");
    StringBuilder alerts = new StringBuilder();
    MatchOperators.Snapshot snapshot;
    CustomerScript state;
    try (CustomerPatternOperators first = new CustomerPatternOperators(pattern)) {
      state = new CustomerScript(first);
      for (int i = 0; i < tokens.length / 2; i++) {
        state.step(tokens[i]);
      }
      alerts.append(inShort(first));
      snapshot = first.snapshot();
    }
    try (CustomerPatternOperators second = new CustomerPatternOperators(pattern, snapshot)) {
      CustomerScript rest = new CustomerScript(second);
      rest.watermark = state.watermark;
      rest.mrr = state.mrr;
      rest.events = state.events;
      for (int i = tokens.length / 2; i < tokens.length; i++) {
        rest.step(tokens[i]);
      }
      alerts.append(' ').append(inShort(second));
    }
    return alerts.toString().trim();
  }

  /** The alerts in whole. */
  static java.util.List<Alert> alerts(CustomerPattern pattern, String script) throws Exception {
    try (CustomerPatternOperators operators = new CustomerPatternOperators(pattern)) {
      new CustomerScript(operators).play(script);
      return operators.alerts();
    }
  }

  private void play(String script) throws Exception {
    for (String token : script.trim().split("\\s+")) {
      step(token);
    }
  }

  private void step(String token) throws Exception {
    if (token.startsWith("@")) {
      advance(day(token.substring(1)));
      return;
    }
    boolean passes = token.contains(":");
    String[] parts = token.split("[:~]");
    CustomerEvent event = event(day(parts[0]), parts[1]);
    operators.feed(event);
    if (passes) {
      advance(event.knownAt());
    }
  }

  private void advance(Instant time) throws Exception {
    watermark = Math.max(watermark, time.toEpochMilli());
    operators.advanceTo(watermark);
  }

  private CustomerEvent event(Instant time, String what) {
    String[] parts = what.split("/");
    String word = parts[0];
    if (parts.length > 1 && !word.equals("health") && !word.equals("midnight")) {
      mrr = new BigDecimal(parts[1]);
    }
    Map<String, String> properties = new HashMap<>();
    Instant happened = time;
    Instant known = time.toEpochMilli() > watermark ? time : Instant.ofEpochMilli(watermark + 1);
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
        "c-1", "test|" + events++, happened, known, type, "Acme", "pro", mrr, properties);
  }

  private static Instant day(String number) {
    return BEGIN.plusMillis(
        new BigDecimal(number)
            .multiply(BigDecimal.valueOf(Duration.ofDays(1).toMillis()))
            .longValueExact());
  }

  private static String inShort(CustomerPatternOperators operators) {
    return operators.alerts().stream()
        .map(CustomerScript::inShort)
        .collect(Collectors.joining(" "));
  }

  static String inShort(Alert alert) {
    String event =
        alert.status() == AlertStatus.FIRING
            ? "fires"
            : alert.resolution().name().toLowerCase(Locale.ROOT);
    return "%s(%s..%s)".formatted(event, number(alert.startedAt()), number(alert.updatedAt()));
  }

  /** To a tenth of a day, so that what is made a little after midnight is of that day. */
  private static String number(Instant time) {
    long tenths = Math.round(Duration.between(BEGIN, time).toMillis() / 8_640_000.0);
    return tenths % 10 == 0 ? Long.toString(tenths / 10) : Double.toString(tenths / 10.0);
  }
}
