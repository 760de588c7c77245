package io.tidewatch.endtoend;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Months of random subscriptions, several changes of a customer at the same moment among them. */
final class SubscriptionLives {

  private static final Instant START = Instant.parse("2026-01-20T00:00:00Z");
  private static final int CUSTOMERS = 40;
  private static final List<String> PLANS = List.of("basic", "pro", "enterprise");

  /**
   * An event; those of a customer apply by time, then kind, then id.
   *
   * @param pays what the subscription brings from then on
   */
  record Told(
      Instant time, String kind, String id, String subscription, BigDecimal pays, String record) {

    static final Comparator<Told> IN_ORDER =
        Comparator.comparing(Told::time)
            .thenComparing(told -> List.of("started", "changed", "canceled").indexOf(told.kind()))
            .thenComparing(Told::id);
  }

  private final List<Told> all = new ArrayList<>();

  SubscriptionLives(Random random) {
    for (int customer = 0; customer < CUSTOMERS; customer++) {
      live(customer, random);
    }
  }

  /** None is late then; those of one moment are in any order. */
  List<Told> inOrderOfTime() {
    return all.stream().sorted(Comparator.comparing(Told::time)).toList();
  }

  /** What all subscriptions bring after the last event. */
  BigDecimal revenueInTheEnd() {
    Map<String, BigDecimal> subscriptions = new HashMap<>();
    all.stream()
        .sorted(Told.IN_ORDER)
        .forEach(told -> subscriptions.put(told.subscription(), told.pays()));
    return subscriptions.values().stream().reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  private void live(int customer, Random random) {
    Instant time = START;
    int changes = 1 + random.nextInt(6);
    for (int change = 0; change < changes; change++) {
      if (change == 0 || random.nextInt(3) > 0) {
        time = time.plus(Duration.ofMinutes(1 + random.nextInt(20 * 24 * 60)));
      }
      boolean canceled = change > 0 && random.nextInt(3) == 0;
      String kind = canceled ? "canceled" : change == 0 ? "started" : "changed";
      String subscription = "subscription-" + customer + '-' + random.nextInt(2);
      BigDecimal amount = BigDecimal.valueOf(1_000L + random.nextInt(9_000), 2);
      // the order of ids is not that of life
      String id = "event-%d-%d".formatted(customer, 9 - change);
      String terms =
          """
          ,"plan":"%s","amount":"%s","currency":"EUR","interval":"month\""""
              .formatted(PLANS.get(random.nextInt(PLANS.size())), amount);
      String record =
          """
          {"id":"%s","time":"%s","customer_id":"customer-%d","type":"subscription.%s",\
          "properties":{"subscription_id":"%s"%s}}"""
              .formatted(id, time, customer, kind, subscription, canceled ? "" : terms);
      all.add(new Told(time, kind, id, subscription, canceled ? BigDecimal.ZERO : amount, record));
    }
  }
}
