package io.tidewatch.pattern.customer;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.pattern.RandomPlay;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
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
    assertAlertsAreThoseOf(
        RandomCustomersTest::streaks,
        new PaymentFailureStreak.Parameters(3, Duration.ofDays(4)),
        payments(new Random(20261121)),
        failures);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void unpaidOnesAreThoseOfAPlainLoop(boolean failures) throws Exception {
    assertAlertsAreThoseOf(
        events -> unanswered("payment.failed", events),
        new DunningUnrecovered.Parameters(Duration.ofDays(3)),
        payments(new Random(20261122)),
        failures);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void customersAtRiskAreThoseOfAPlainLoop(boolean failures) throws Exception {
    assertAlertsAreThoseOf(
        RandomCustomersTest::atRisk,
        new AtRiskTransition.Parameters(70, 50, Duration.ofDays(3)),
        transitions(new Random(20261123)),
        failures);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void stalledOnesAreThoseOfAPlainLoop(boolean failures) throws Exception {
    assertAlertsAreThoseOf(
        events -> unanswered("customer.created", events),
        new OnboardingStall.Parameters(Duration.ofDays(3)),
        signUps(new Random(20261124)),
        failures);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void coldTrialsAreThoseOfAPlainLoop(boolean failures) throws Exception {
    assertAlertsAreThoseOf(
        RandomCustomersTest::cold,
        new TrialGoingCold.Parameters(2, Duration.ofDays(8)),
        trials(new Random(20261125)),
        failures);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void precursorsAreThoseOfAPlainLoop(boolean failures) throws Exception {
    assertAlertsAreThoseOf(
        RandomCustomersTest::precursors,
        new ChurnPrecursor.Parameters(3, 15, 70, Duration.ofDays(4)),
        troubles(new Random(20261126)),
        failures);
  }

  private static void assertAlertsAreThoseOf(
      RandomPlay.Loop<CustomerEvent> loop,
      CustomerPatternParameters parameters,
      List<CustomerEvent> events,
      boolean failures)
      throws Exception {
    Set<String> expected =
        RandomPlay.expected(events, event -> "customer_id=" + event.customerId(), loop);
    assertThat(expected).hasSizeGreaterThan(100);
    CustomerPattern pattern = CustomerPatterns.of(parameters);
    assertThat(
            RandomPlay.alerts(
                () -> new CustomerPatternOperators(pattern),
                events,
                event -> event.knownAt().toEpochMilli(),
                failures))
        .containsExactlyInAnyOrderElementsOf(expected);
  }

  /** The alerts of a customer, of which one fires at a time, until what it tells is made good. */
  private static final class UntilGood {

    private final List<String> alerts = new ArrayList<>();
    private Instant firing;

    private void match(Instant first, Instant now) {
      if (firing == null) {
        firing = first;
        alerts.add("fires " + first + ' ' + now);
      }
    }

    /** Of those that nothing has answered in three days, the first fires. */
    private void matchOverdue(List<Instant> open, Instant now) {
      while (!open.isEmpty() && open.get(0).plus(Duration.ofDays(3)).isBefore(now)) {
        Instant first = open.remove(0);
        match(first, first.plus(Duration.ofDays(3)));
      }
    }

    private void end(CustomerEvent event) {
      if (firing != null) {
        alerts.add("recovered " + firing + ' ' + event.time());
        firing = null;
      }
    }
  }

  /** Three in a row within four days; a row begins with the oldest that is in time. */
  private static List<String> streaks(List<CustomerEvent> events) {
    UntilGood alert = new UntilGood();
    List<Instant> row = new ArrayList<>();
    for (CustomerEvent event : events) {
      if (event.is("payment.succeeded")) {
        row.clear();
        alert.end(event);
        continue;
      }
      row.add(event.time());
      row.removeIf(time -> time.plus(Duration.ofDays(4)).isBefore(event.time()));
      if (row.size() == 3) {
        alert.match(row.get(0), event.time());
        row.clear();
      }
    }
    return alert.alerts;
  }

  /** The first of its type of those without any other event in three days. */
  private static List<String> unanswered(String type, List<CustomerEvent> events) {
    UntilGood alert = new UntilGood();
    List<Instant> open = new ArrayList<>();
    for (CustomerEvent event : events) {
      alert.matchOverdue(open, event.time());
      if (event.is(type)) {
        open.add(event.time());
      } else {
        open.clear();
        alert.end(event);
      }
    }
    alert.matchOverdue(open, Instant.MAX);
    return alert.alerts;
  }

  private static List<String> atRisk(List<CustomerEvent> events) {
    UntilGood alert = new UntilGood();
    List<Instant> slipped = new ArrayList<>();
    for (CustomerEvent event : events) {
      alert.matchOverdue(slipped, event.time());
      double before = event.number("score_before");
      double after = event.number("score_after");
      if (after >= 70) {
        alert.end(event);
      } else if (after < 50 && (before >= 70 || !slipped.isEmpty())) {
        alert.match(slipped.isEmpty() ? event.time() : slipped.get(0), event.time());
      }
      slipped.clear();
      if (before >= 70 && after >= 50 && after < 70) {
        slipped.add(event.time());
      }
    }
    alert.matchOverdue(slipped, Instant.MAX);
    return alert.alerts;
  }

  /** Three midnights in a row after the begin of a trial, within eight days of it. */
  private static List<String> cold(List<CustomerEvent> events) {
    UntilGood alert = new UntilGood();
    List<Instant> trials = new ArrayList<>();
    int midnights = 0;
    for (CustomerEvent event : events) {
      trials.removeIf(begun -> begun.plus(Duration.ofDays(8)).isBefore(event.time()));
      midnights = event.is("customer.scored") ? midnights + 1 : 0;
      if (event.is("trial.started")) {
        trials.add(event.time());
      } else if (!event.is("customer.scored")) {
        alert.end(event);
      } else if (!trials.isEmpty() && midnights >= 3) {
        alert.match(trials.get(0), event.time());
        trials.clear();
      }
      if (event.is("trial.converted")) {
        trials.clear();
      }
    }
    return alert.alerts;
  }

  /** The oldest three troubles that are in time when use falls. */
  private static List<String> precursors(List<CustomerEvent> events) {
    UntilGood alert = new UntilGood();
    List<Instant> troubles = new ArrayList<>();
    for (CustomerEvent event : events) {
      if (event.is("ticket.opened")) {
        troubles.add(event.time());
        continue;
      }
      if (event.number("usage_points") >= 15) {
        alert.end(event);
        continue;
      }
      troubles.removeIf(time -> time.plus(Duration.ofDays(4)).isBefore(event.time()));
      if (troubles.size() >= 3) {
        alert.match(troubles.get(0), event.time());
        troubles.clear();
      }
    }
    return alert.alerts;
  }

  private static List<CustomerEvent> payments(Random random) {
    return lives(
        random,
        before ->
            random.nextInt(100) < 35
                ? Map.of("type", "payment.succeeded")
                : Map.of("type", "payment.failed"));
  }

  private static List<CustomerEvent> transitions(Random random) {
    return lives(
        random,
        before -> {
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
        before -> Map.of("type", random.nextInt(100) < 45 ? "feature.used" : "customer.created"));
  }

  private static List<CustomerEvent> trials(Random random) {
    return lives(
        random,
        before -> {
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
        before -> {
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
    Map<String, String> next(CustomerEvent before);
  }

  /** Sorted; each at a moment of its own. */
  private static List<CustomerEvent> lives(Random random, Life life) {
    List<CustomerEvent> events = new ArrayList<>();
    Map<String, CustomerEvent> last = new TreeMap<>();
    Instant time = CustomerScript.BEGIN;
    for (int i = 0; i < CUSTOMERS * EVENTS; i++) {
      time = time.plus(STEP.dividedBy(1 + random.nextInt(3)));
      String customer = "c-" + random.nextInt(CUSTOMERS);
      Map<String, String> properties = life.next(last.get(customer));
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
