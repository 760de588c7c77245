package io.tidewatch.revenue;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The subscriptions of one customer and the movements of their revenue.
 *
 * <p>Changes apply in their order ({@link SubscriptionChange#compareTo}) however they come: one
 * that is older than others already applied, by no more than {@link #CORRECTED_FOR}, derives the
 * movements after it anew. So the movements are a function of the set of changes, and their deltas
 * add up to the revenue at any time.
 *
 * <p>A value: applying a change gives a new ledger.
 *
 * @param settled what each subscription brought before the journal begins
 * @param hadRevenue whether there was any before the journal begins
 * @param journal changes that may still be preceded by a late one, in order
 * @param changes how many were ever applied
 */
public record CustomerLedger(
    Map<String, Subscription> settled,
    boolean hadRevenue,
    List<SubscriptionChange> journal,
    long changes) {

  /** How much older than the last change one may be. */
  public static final Duration CORRECTED_FOR = Duration.ofDays(30);

  public static final CustomerLedger EMPTY =
      new CustomerLedger(new HashMap<>(), false, new ArrayList<>(), 0);

  /**
   * What a change did.
   *
   * @param ledger after it
   * @param moved movements that are new or differ, in order
   * @param ceased movements that are none any more
   */
  public record Applied(CustomerLedger ledger, List<Movement> moved, List<Movement> ceased) {}

  /**
   * Applies a change.
   *
   * @return empty if it is too old to be applied in its order
   */
  public Optional<Applied> apply(SubscriptionChange change) {
    if (!journal.isEmpty() && isTooOld(change)) {
      return Optional.empty();
    }
    if (journal.stream().anyMatch(known -> known.compareTo(change) == 0)) {
      return Optional.of(new Applied(this, List.of(), List.of()));
    }
    List<SubscriptionChange> inOrder = new ArrayList<>(journal);
    inOrder.add(change);
    inOrder.sort(null);
    CustomerLedger now = new CustomerLedger(settled, hadRevenue, inOrder, changes + 1);
    Map<String, Movement> before = byEvent(movements());
    Map<String, Movement> after = byEvent(now.movements());
    return Optional.of(
        new Applied(
            now.settle(),
            after.values().stream()
                .filter(movement -> !movement.equals(before.get(movement.eventId())))
                .toList(),
            before.values().stream()
                .filter(movement -> !after.containsKey(movement.eventId()))
                .toList()));
  }

  /** All that the customer pays per month now. */
  public BigDecimal mrr() {
    Map<String, Subscription> subscriptions = new HashMap<>(settled);
    journal.forEach(change -> put(change, subscriptions));
    return total(subscriptions);
  }

  /** When the last change happened. */
  public Instant lastChange() {
    return journal.get(journal.size() - 1).time();
  }

  /** The movements of the journal, in order. */
  private List<Movement> movements() {
    List<Movement> movements = new ArrayList<>();
    Map<String, Subscription> subscriptions = new HashMap<>(settled);
    BigDecimal before = total(subscriptions);
    boolean had = hadRevenue;
    for (SubscriptionChange change : journal) {
      Subscription subscription = put(change, subscriptions);
      BigDecimal after = total(subscriptions);
      if (after.compareTo(before) != 0) {
        movements.add(
            new Movement(
                change.eventId(),
                change.time(),
                MovementKind.of(before, after, had),
                before,
                after,
                change.subscriptionId(),
                subscription.plan(),
                subscription.currency(),
                change.originalAmount()));
      }
      had |= after.signum() != 0;
      before = after;
    }
    return movements;
  }

  /** Folds what no late change can precede any more. */
  private CustomerLedger settle() {
    Map<String, Subscription> subscriptions = new HashMap<>(settled);
    boolean had = hadRevenue;
    int folded = 0;
    while (isTooOld(journal.get(folded))) {
      put(journal.get(folded++), subscriptions);
      had |= total(subscriptions).signum() != 0;
    }
    if (folded == 0) {
      return this;
    }
    subscriptions.values().removeIf(subscription -> subscription.mrr().signum() == 0);
    return new CustomerLedger(
        subscriptions, had, new ArrayList<>(journal.subList(folded, journal.size())), changes);
  }

  private boolean isTooOld(SubscriptionChange change) {
    return change.time().isBefore(lastChange().minus(CORRECTED_FOR));
  }

  private static Subscription put(
      SubscriptionChange change, Map<String, Subscription> subscriptions) {
    Subscription after =
        subscriptions.getOrDefault(change.subscriptionId(), Subscription.NONE).after(change);
    subscriptions.put(change.subscriptionId(), after);
    return after;
  }

  private static BigDecimal total(Map<String, Subscription> subscriptions) {
    return subscriptions.values().stream()
        .map(Subscription::mrr)
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  private static Map<String, Movement> byEvent(List<Movement> movements) {
    Map<String, Movement> byEvent = new LinkedHashMap<>();
    movements.forEach(movement -> byEvent.put(movement.eventId(), movement));
    return byEvent;
  }
}
