package io.tidewatch.revenue;

import static io.tidewatch.revenue.MovementKind.CHURN;
import static io.tidewatch.revenue.MovementKind.CONTRACTION;
import static io.tidewatch.revenue.MovementKind.EXPANSION;
import static io.tidewatch.revenue.MovementKind.NEW;
import static io.tidewatch.revenue.MovementKind.REACTIVATION;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.revenue.CustomerLedger.Applied;
import io.tidewatch.revenue.SubscriptionChange.Kind;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CustomerLedgerTest {

  private static final Terms MONTHLY = new Terms(BillingInterval.MONTH, 1, 1);

  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private static final List<String> RATES = List.of("1", "0.9", "0.85");

  private CustomerLedger ledger = CustomerLedger.EMPTY;
  private final Map<String, Movement> rows = new TreeMap<>();

  @Test
  void namesAllFiveMovements() {
    apply(change("e1", 1, "s1", "10"));
    apply(change("e2", 2, "s1", "25"));
    apply(change("e3", 3, "s1", "15"));
    apply(change("e4", 4, "s1", "0"));
    apply(change("e5", 5, "s1", "15"));
    assertThat(rows.values())
        .extracting(Movement::kind)
        .containsExactly(NEW, EXPANSION, CONTRACTION, CHURN, REACTIVATION);
    assertThat(rows.values().stream().map(Movement::delta).map(BigDecimal::toPlainString))
        .containsExactly("10.0000", "15.0000", "-10.0000", "-15.0000", "15.0000");
  }

  @Test
  void movesTheCustomerAndNotTheSubscription() {
    apply(change("e1", 1, "s1", "10"));
    apply(change("e2", 2, "s2", "5"));
    apply(change("e3", 3, "s1", "0"));
    assertThat(rows.values())
        .extracting(Movement::kind)
        .containsExactly(NEW, EXPANSION, CONTRACTION);
    assertThat(ledger.mrr()).isEqualByComparingTo("5");
  }

  @Test
  void aChangeThatMovesNothingIsNoMovement() {
    apply(change("e1", 1, "s1", "0"));
    apply(change("e2", 2, "s1", "10"));
    apply(change("e3", 3, "s1", "10.00"));
    assertThat(rows).containsOnlyKeys("e2");
  }

  @Test
  void aCancellationKeepsThePlan() {
    apply(change("e1", 1, "s1", "10"));
    apply(
        new SubscriptionChange(
            day(2), Kind.CANCELED, "e2", "s1", "", null, "", null, BigDecimal.ONE));
    assertThat(rows.get("e2").plan()).isEqualTo("plan of s1");
    assertThat(rows.get("e2").currency()).isEqualTo("EUR");
  }

  @Test
  void aLateChangeDerivesTheLaterMovementsAnew() {
    apply(change("e1", 1, "s1", "10"));
    apply(change("e5", 5, "s1", "30"));
    apply(change("e3", 3, "s1", "20"));
    assertThat(rows.get("e3").before()).isEqualByComparingTo("10");
    assertThat(rows.get("e5").before()).isEqualByComparingTo("20");
  }

  @Test
  void aMovementThatALateChangeUndoesCeases() {
    apply(change("e1", 1, "s1", "10"));
    apply(change("e5", 5, "s1", "30"));
    Applied applied = apply(change("e3", 3, "s1", "30"));
    assertThat(applied.ceased()).extracting(Movement::eventId).containsExactly("e5");
    assertThat(rows).containsOnlyKeys("e1", "e3");
  }

  @Test
  void changesOfOneTimeApplyInTheOrderOfALife() {
    SubscriptionChange canceled =
        new SubscriptionChange(
            day(1), Kind.CANCELED, "a", "s1", "", null, "", null, BigDecimal.ONE);
    SubscriptionChange started =
        new SubscriptionChange(
            day(1), Kind.STARTED, "b", "s1", "pro", MONTHLY, "EUR", BigDecimal.TEN, BigDecimal.ONE);
    apply(canceled);
    apply(started);
    assertThat(ledger.mrr()).isEqualByComparingTo("0");
    assertThat(rows.values()).extracting(Movement::kind).containsExactly(CHURN, NEW);
  }

  @Test
  void theSameAmountGoesOnAtTheRateOfWhenItWasSet() {
    apply(change("e1", 1, "s1", "100", "0.9"));
    apply(change("e2", 2, "s1", "100", "0.8"));
    assertThat(rows).containsOnlyKeys("e1");
    apply(change("e3", 3, "s1", "200", "0.7"));
    assertThat(rows.get("e3").before()).isEqualByComparingTo("90");
    // 200 × 0.7
    assertThat(rows.get("e3").after()).isEqualByComparingTo("140");
    assertThat(rows.get("e3").originalAmount()).isEqualByComparingTo("200");
  }

  @Test
  void moreOfTheSameAmountComesAtItsRate() {
    apply(change("e1", 1, "s1", "100", "0.9"));
    apply(
        new SubscriptionChange(
            day(2),
            Kind.CHANGED,
            "e2",
            "s1",
            "pro",
            new Terms(BillingInterval.MONTH, 1, 3),
            "EUR",
            new BigDecimal("100.00"),
            new BigDecimal("0.8")));
    // 3 × 100 × 0.9
    assertThat(rows.get("e2").after()).isEqualByComparingTo("270");
  }

  @Test
  void roundsOnceAfterConversion() {
    apply(
        new SubscriptionChange(
            day(1),
            Kind.STARTED,
            "e1",
            "s1",
            "pro",
            new Terms(BillingInterval.YEAR, 1, 1000),
            "USD",
            new BigDecimal("0.01"),
            new BigDecimal("0.00615")));
    // 1000 × 0.01 × 0.00615 ÷ 12 = 0.005125, half-even; 0.01 × 0.00615 rounded first gives 0.0083
    assertThat(ledger.mrr()).isEqualByComparingTo("0.0051");
  }

  @Test
  void whatHasNoRateIsInNoTotal() {
    apply(change("e1", 1, "s1", "100", null));
    assertThat(rows).isEmpty();
    apply(change("e2", 2, "s2", "50"));
    apply(change("e3", 3, "s1", "100", "0.9"));
    assertThat(rows).containsOnlyKeys("e2", "e3");
    assertThat(ledger.mrr()).isEqualByComparingTo("140");
  }

  @Test
  void anEventThatIsSentAgainWhenItsRateIsAnotherChangesNothing() {
    apply(change("e1", 1, "s1", "100", "0.9"));
    assertThat(apply(change("e1", 1, "s1", "100", "0.8")).moved()).isEmpty();
    assertThat(ledger.changes()).isEqualTo(1);
  }

  @Test
  void whatResumesDoesSoAtTheRateOfThatDay() {
    apply(change("e1", 1, "s1", "100", "0.9"));
    apply(
        new SubscriptionChange(
            day(2),
            Kind.CHANGED,
            "e2",
            "s1",
            "",
            null,
            "EUR",
            new BigDecimal("100"),
            BigDecimal.ONE));
    apply(change("e3", 3, "s1", "100", "0.8"));
    assertThat(rows.get("e3").kind()).isEqualTo(REACTIVATION);
    assertThat(rows.get("e3").after()).isEqualByComparingTo("80");
  }

  @Test
  void oneThatIsTooOldIsRefused() {
    apply(change("e1", 40, "s1", "10"));
    assertThat(ledger.apply(change("e0", 10, "s1", "5"))).isPresent();
    assertThat(ledger.apply(change("e0", 9, "s1", "5"))).isEmpty();
  }

  @Test
  void forgetsWhatCanNotChangeAnyMore() {
    for (int day = 0; day < 365; day++) {
      apply(change("e" + day, day, "s" + day % 3, String.valueOf(day % 7)));
    }
    assertThat(ledger.journal()).hasSizeLessThanOrEqualTo(31);
    assertThat(sum()).isEqualByComparingTo(ledger.mrr());
  }

  /** The movements of a random life, shuffled within 30 days and resent, against a plain oracle. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void dependsOnTheSetOfChangesAlone(long seed) {
    for (int life = 0; life < 100; life++) {
      Random random = new Random(seed * 1000 + life);
      List<SubscriptionChange> changes = randomLife(random);
      List<SubscriptionChange> sent = new ArrayList<>(changes);
      changes.stream().filter(change -> random.nextInt(5) == 0).forEach(sent::add);
      Collections.shuffle(sent, random);

      ledger = CustomerLedger.EMPTY;
      rows.clear();
      sent.forEach(this::apply);
      assertThat(rows).isEqualTo(oracle(changes));
      assertThat(sum()).isEqualByComparingTo(ledger.mrr());
    }
  }

  private static List<SubscriptionChange> randomLife(Random random) {
    List<SubscriptionChange> changes = new ArrayList<>();
    int number = 1 + random.nextInt(15);
    for (int i = 0; i < number; i++) {
      changes.add(
          change(
              "e" + i,
              random.nextInt(30),
              "s" + random.nextInt(3),
              String.valueOf(random.nextInt(4) * 10),
              RATES.get(random.nextInt(RATES.size()))));
    }
    return changes;
  }

  /** Sorts all and walks through them once. */
  private static Map<String, Movement> oracle(List<SubscriptionChange> changes) {
    Map<String, Movement> movements = new TreeMap<>();
    Map<String, BigDecimal> subscriptions = new HashMap<>();
    Map<String, SubscriptionChange> setBy = new HashMap<>();
    boolean had = false;
    for (SubscriptionChange change : changes.stream().sorted().toList()) {
      BigDecimal before = subscriptions.values().stream().reduce(BigDecimal.ZERO, BigDecimal::add);
      SubscriptionChange set = setBy.get(change.subscriptionId());
      if (set == null || !set.originalAmount().equals(change.originalAmount())) {
        set = change;
        setBy.put(change.subscriptionId(), change);
      }
      subscriptions.put(
          change.subscriptionId(), change.originalAmount().multiply(set.rate()).setScale(4));
      BigDecimal after = subscriptions.values().stream().reduce(BigDecimal.ZERO, BigDecimal::add);
      if (before.compareTo(after) != 0) {
        MovementKind kind;
        if (before.signum() == 0) {
          kind = had ? REACTIVATION : NEW;
        } else if (after.signum() == 0) {
          kind = CHURN;
        } else {
          kind = after.compareTo(before) > 0 ? EXPANSION : CONTRACTION;
        }
        movements.put(
            change.eventId(),
            new Movement(
                change.eventId(),
                change.time(),
                kind,
                before,
                after,
                change.subscriptionId(),
                change.plan(),
                change.currency(),
                change.originalAmount()));
      }
      had |= after.signum() > 0;
    }
    return movements;
  }

  private Applied apply(SubscriptionChange change) {
    Applied applied = ledger.apply(change).orElseThrow();
    ledger = applied.ledger();
    applied.ceased().forEach(movement -> rows.remove(movement.eventId()));
    applied.moved().forEach(movement -> rows.put(movement.eventId(), movement));
    return applied;
  }

  private BigDecimal sum() {
    return rows.values().stream().map(Movement::delta).reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  private static SubscriptionChange change(String id, int day, String subscription, String mrr) {
    return change(id, day, subscription, mrr, "1");
  }

  private static SubscriptionChange change(
      String id, int day, String subscription, String mrr, String worth) {
    BigDecimal rate = worth == null ? null : new BigDecimal(worth);
    BigDecimal amount = new BigDecimal(mrr);
    return new SubscriptionChange(
        day(day),
        Kind.CHANGED,
        id,
        subscription,
        "plan of " + subscription,
        MONTHLY,
        "EUR",
        amount,
        rate);
  }

  private static Instant day(int day) {
    return START.plus(Duration.ofDays(day));
  }
}
