package io.tidewatch.pattern.customer;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.pattern.RandomPlay;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Many customers with random lives, out of order up to the watermark and with failures of the job
 * between, give what a plain loop over the sorted events gives.
 */
class RandomCustomersTest {

  private static final int CUSTOMERS = 40;
  private static final int EVENTS = 60;

  private static final Duration STEP = Duration.ofHours(1);

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void streaksAreThoseOfAPlainLoop(boolean failures) throws Exception {
    List<CustomerEvent> events = payments(new Random(20261121));
    Set<String> expected = expected(events, RandomCustomersTest::streaks);
    assertThat(expected).hasSizeGreaterThan(100);
    assertThat(play(new PaymentFailureStreak.Parameters(3, Duration.ofDays(4)), events, failures))
        .containsExactlyInAnyOrderElementsOf(expected);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void unpaidOnesAreThoseOfAPlainLoop(boolean failures) throws Exception {
    List<CustomerEvent> events = payments(new Random(20261122));
    Set<String> expected = expected(events, RandomCustomersTest::unpaid);
    assertThat(expected).hasSizeGreaterThan(100);
    assertThat(play(new DunningUnrecovered.Parameters(Duration.ofDays(3)), events, failures))
        .containsExactlyInAnyOrderElementsOf(expected);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void customersAtRiskAreThoseOfAPlainLoop(boolean failures) throws Exception {
    List<CustomerEvent> events = transitions(new Random(20261123));
    Set<String> expected = expected(events, RandomCustomersTest::atRisk);
    assertThat(expected).hasSizeGreaterThan(100);
    assertThat(play(new AtRiskTransition.Parameters(70, 50, Duration.ofDays(3)), events, failures))
        .containsExactlyInAnyOrderElementsOf(expected);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void stalledOnesAreThoseOfAPlainLoop(boolean failures) throws Exception {
    List<CustomerEvent> events = signUps(new Random(20261124));
    Set<String> expected = expected(events, RandomCustomersTest::stalled);
    assertThat(expected).hasSizeGreaterThan(100);
    assertThat(play(new OnboardingStall.Parameters(Duration.ofDays(3)), events, failures))
        .containsExactlyInAnyOrderElementsOf(expected);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void coldTrialsAreThoseOfAPlainLoop(boolean failures) throws Exception {
    List<CustomerEvent> events = trials(new Random(20261125));
    Set<String> expected = expected(events, RandomCustomersTest::cold);
    assertThat(expected).hasSizeGreaterThan(100);
    assertThat(play(new TrialGoingCold.Parameters(2, Duration.ofDays(8)), events, failures))
        .containsExactlyInAnyOrderElementsOf(expected);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void precursorsAreThoseOfAPlainLoop(boolean failures) throws Exception {
    List<CustomerEvent> events = troubles(new Random(20261126));
    Set<String> expected = expected(events, RandomCustomersTest::precursors);
    assertThat(expected).hasSizeGreaterThan(100);
    assertThat(play(new ChurnPrecursor.Parameters(3, 15, 70, Duration.ofDays(4)), events, failures))
        .containsExactlyInAnyOrderElementsOf(expected);
  }

  /** Three in a row within four days; a row begins with the oldest that is in time. */
  private static List<String> streaks(List<CustomerEvent> events) {
    List<String> alerts = new ArrayList<>();
    List<Instant> row = new ArrayList<>();
    Instant firing = null;
    for (CustomerEvent event : events) {
      if (event.is("payment.succeeded")) {
        row.clear();
        firing = ended(firing, event, alerts);
        continue;
      }
      row.add(event.time());
      row.removeIf(time -> time.plus(Duration.ofDays(4)).isBefore(event.time()));
      if (row.size() == 3) {
        if (firing == null) {
          firing = row.get(0);
          alerts.add("fires " + firing + ' ' + event.time());
        }
        row.clear();
      }
    }
    return alerts;
  }

  /** The first failure of those not made good in three days. */
  private static List<String> unpaid(List<CustomerEvent> events) {
    List<String> alerts = new ArrayList<>();
    List<Instant> open = new ArrayList<>();
    Instant firing = null;
    for (CustomerEvent event : events) {
      firing = due(firing, open, event.time(), alerts);
      if (event.is("payment.failed")) {
        open.add(event.time());
      } else {
        open.clear();
        firing = ended(firing, event, alerts);
      }
    }
    due(firing, open, Instant.MAX, alerts);
    return alerts;
  }

  private static Instant due(Instant firing, List<Instant> open, Instant now, List<String> alerts) {
    Instant fires = firing;
    while (!open.isEmpty() && open.get(0).plus(Duration.ofDays(3)).isBefore(now)) {
      Instant failed = open.remove(0);
      if (fires == null) {
        fires = failed;
        alerts.add("fires " + failed + ' ' + failed.plus(Duration.ofDays(3)));
      }
    }
    return fires;
  }

  private static List<String> atRisk(List<CustomerEvent> events) {
    List<String> alerts = new ArrayList<>();
    List<Instant> slipped = new ArrayList<>();
    Instant firing = null;
    for (CustomerEvent event : events) {
      firing = due(firing, slipped, event.time(), alerts);
      double before = event.number("score_before");
      double after = event.number("score_after");
      if (after >= 70) {
        firing = ended(firing, event, alerts);
      } else if (after < 50 && (before >= 70 || !slipped.isEmpty()) && firing == null) {
        firing = slipped.isEmpty() ? event.time() : slipped.get(0);
        alerts.add("fires " + firing + ' ' + event.time());
      }
      slipped.clear();
      if (before >= 70 && after >= 50 && after < 70) {
        slipped.add(event.time());
      }
    }
    due(firing, slipped, Instant.MAX, alerts);
    return alerts;
  }

  /** The first sign-up of those without a use in three days. */
  private static List<String> stalled(List<CustomerEvent> events) {
    List<String> alerts = new ArrayList<>();
    List<Instant> open = new ArrayList<>();
    Instant firing = null;
    for (CustomerEvent event : events) {
      firing = due(firing, open, event.time(), alerts);
      if (event.is("customer.created")) {
        open.add(event.time());
      } else {
        open.clear();
        firing = ended(firing, event, alerts);
      }
    }
    due(firing, open, Instant.MAX, alerts);
    return alerts;
  }

  /** Three midnights in a row after the begin of a trial, within eight days of it. */
  private static List<String> cold(List<CustomerEvent> events) {
    List<String> alerts = new ArrayList<>();
    List<Instant> trials = new ArrayList<>();
    int midnights = 0;
    Instant firing = null;
    for (CustomerEvent event : events) {
      trials.removeIf(begun -> begun.plus(Duration.ofDays(8)).isBefore(event.time()));
      midnights = event.is("customer.scored") ? midnights + 1 : 0;
      if (event.is("trial.started")) {
        trials.add(event.time());
      } else if (!event.is("customer.scored")) {
        firing = ended(firing, event, alerts);
      } else if (!trials.isEmpty() && midnights >= 3) {
        if (firing == null) {
          firing = trials.get(0);
          alerts.add("fires " + firing + ' ' + event.time());
        }
        trials.clear();
      }
      if (event.is("trial.converted")) {
        trials.clear();
      }
    }
    return alerts;
  }

  /** The oldest three troubles that are in time when use falls. */
  private static List<String> precursors(List<CustomerEvent> events) {
    List<String> alerts = new ArrayList<>();
    List<Instant> troubles = new ArrayList<>();
    Instant firing = null;
    for (CustomerEvent event : events) {
      if (event.is("ticket.opened")) {
        troubles.add(event.time());
        continue;
      }
      if (event.number("usage_points") >= 15) {
        firing = ended(firing, event, alerts);
        continue;
      }
      troubles.removeIf(time -> time.plus(Duration.ofDays(4)).isBefore(event.time()));
      if (troubles.size() >= 3) {
        if (firing == null) {
          firing = troubles.get(0);
          alerts.add("fires " + firing + ' ' + event.time());
        }
        troubles.clear();
      }
    }
    return alerts;
  }

  private static Instant ended(Instant firing, CustomerEvent event, List<String> alerts) {
    if (firing != null) {
      alerts.add("recovered " + firing + ' ' + event.time());
    }
    return null;
  }

  @FunctionalInterface
  private interface Loop {
    List<String> alerts(List<CustomerEvent> sorted);
  }

  private static Set<String> expected(List<CustomerEvent> events, Loop loop) {
    Map<String, List<CustomerEvent>> byCustomer =
        events.stream()
            .collect(
                Collectors.groupingBy(
                    CustomerEvent::customerId, TreeMap::new, Collectors.toList()));
    Set<String> expected = new HashSet<>();
    byCustomer.forEach(
        (customer, own) ->
            loop.alerts(own)
                .forEach(alert -> expected.add("customer_id=" + customer + ' ' + alert)));
    return expected;
  }

  private static Set<String> play(
      CustomerPatternParameters parameters, List<CustomerEvent> events, boolean failures)
      throws Exception {
    CustomerPattern pattern = CustomerPatterns.of(parameters);
    return RandomPlay.alerts(
        () -> new CustomerPatternOperators(pattern),
        events,
        event -> event.knownAt().toEpochMilli(),
        failures);
  }

  private static List<CustomerEvent> payments(Random random) {
    return lives(
        random,
        (customer, before) ->
            random.nextInt(100) < 35
                ? Map.of("type", "payment.succeeded")
                : Map.of("type", "payment.failed"));
  }

  private static List<CustomerEvent> transitions(Random random) {
    return lives(
        random,
        (customer, before) -> {
          int from = before == null ? 80 : (int) before.number("score_after");
          int to = List.of(80, 60, 40).get(random.nextInt(3));
          return Map.of(
              "type",
              "customer.transitioned",
              "score_before",
              Integer.toString(from),
              "score_after",
              Integer.toString(to == from ? (from == 60 ? 80 : 60) : to));
        });
  }

  private static List<CustomerEvent> signUps(Random random) {
    return lives(
        random,
        (customer, before) ->
            Map.of("type", random.nextInt(100) < 45 ? "feature.used" : "customer.created"));
  }

  private static List<CustomerEvent> trials(Random random) {
    return lives(
        random,
        (customer, before) -> {
          int chance = random.nextInt(100);
          if (chance < 55) {
            return Map.of("type", "customer.scored", "scheduled", "true");
          }
          return Map.of(
              "type",
              chance < 80 ? "trial.started" : chance < 90 ? "feature.used" : "trial.converted");
        });
  }

  private static List<CustomerEvent> troubles(Random random) {
    return lives(
        random,
        (customer, before) -> {
          int chance = random.nextInt(100);
          return chance < 60
              ? Map.of("type", "ticket.opened")
              : Map.of(
                  "type",
                  "customer.scored",
                  "scheduled",
                  "true",
                  "score",
                  "80",
                  "usage_points",
                  chance < 85 ? "5" : "25",
                  "recency_points",
                  "10",
                  "open_tickets",
                  "0");
        });
  }

  @FunctionalInterface
  private interface Life {
    Map<String, String> next(String customer, CustomerEvent before);
  }

  /** Sorted; each at a moment of its own. */
  private static List<CustomerEvent> lives(Random random, Life life) {
    List<CustomerEvent> events = new ArrayList<>();
    Map<String, CustomerEvent> last = new TreeMap<>();
    Instant time = CustomerScript.BEGIN;
    for (int i = 0; i < CUSTOMERS * EVENTS; i++) {
      time = time.plus(STEP.dividedBy(1 + random.nextInt(3)));
      String customer = "c-" + random.nextInt(CUSTOMERS);
      Map<String, String> properties = life.next(customer, last.get(customer));
      CustomerEvent event =
          new CustomerEvent(
              customer,
              "test|" + i,
              time,
              time,
              properties.get("type"),
              "",
              "",
              // on trial nothing is paid
              properties.get("type").startsWith("trial.") || !properties.containsKey("score")
                  ? BigDecimal.ZERO
                  : BigDecimal.TEN,
              properties);
      last.put(customer, event);
      events.add(event);
    }
    return events;
  }
}
