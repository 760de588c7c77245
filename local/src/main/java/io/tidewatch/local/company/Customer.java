package io.tidewatch.local.company;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A company that subscribes, or did. */
final class Customer {

  private static final Duration FADING = Duration.ofDays(7);
  private static final double FADED_USE = 0.2;
  private static final double TRIAL_USE = 0.5;
  private static final double UNCOMMITTED_USE = 0.15;

  /** Where a customer stands. */
  enum Status {
    TRIAL,
    ACTIVE,
    GONE
  }

  private final String id;
  private final CustomerTraits traits;
  private Status status;
  private Plan plan;
  private boolean yearly;
  private int subscriptions;
  private Instant since;
  private Instant periodEndsAt;
  private Trouble trouble;
  private Instant troubledSince;
  private final List<CustomerTrouble> overcome = new ArrayList<>();

  Customer(String id, CustomerTraits traits, Plan plan, boolean yearly) {
    this.id = id;
    this.traits = traits;
    this.plan = plan;
    this.yearly = yearly;
  }

  String id() {
    return id;
  }

  CustomerTraits traits() {
    return traits;
  }

  Plan plan() {
    return plan;
  }

  boolean yearly() {
    return yearly;
  }

  double price() {
    return plan.price(yearly);
  }

  String subscriptionId() {
    return "sub-" + id + "-" + subscriptions;
  }

  /** The person of that number among the customer's people. */
  String user(int number) {
    return "u-" + id + "-" + number;
  }

  String anyUser(Dice dice) {
    return user(dice.between(1, traits.people()));
  }

  void subscribes(Status as, Instant now, Instant periodEnds) {
    subscriptions++;
    since = now;
    status = as;
    periodEndsAt = periodEnds;
    recovers(now);
  }

  void converts(Instant periodEnds) {
    status = Status.ACTIVE;
    periodEndsAt = periodEnds;
  }

  void renewsUntil(Instant periodEnds) {
    periodEndsAt = periodEnds;
  }

  void changesTo(Plan other) {
    plan = other;
  }

  void leaves() {
    status = Status.GONE;
  }

  boolean is(Status asked) {
    return status == asked;
  }

  /** Whether it was a customer, on trial or not, at that time and still is. */
  boolean isServedSince(Instant time) {
    return status != Status.GONE && !time.isBefore(since);
  }

  /** Whether its people come back to the product day by day. */
  boolean reliesOnProduct(Instant now) {
    return isServedSince(now) && traits.committed() && !has(Trouble.LOW_USAGE);
  }

  /** When the trial or the paid period is over. */
  Instant periodEndsAt() {
    return periodEndsAt;
  }

  void fallsInto(Trouble kind, Instant since) {
    trouble = kind;
    troubledSince = since;
  }

  void recovers(Instant now) {
    if (trouble != null) {
      overcome.add(new CustomerTrouble(id, trouble, troubledSince, now));
    }
    trouble = null;
    troubledSince = null;
  }

  /** A payment fails that is tried again, or given up, by then. */
  void failsToPay(Instant now, Instant until) {
    overcome.add(new CustomerTrouble(id, Trouble.PAYMENT, now, until));
  }

  /** All it has ever been in; who could do without the product is in trouble from the first day. */
  List<CustomerTrouble> troubles() {
    List<CustomerTrouble> all = new ArrayList<>(overcome);
    if (trouble != null) {
      all.add(new CustomerTrouble(id, trouble, troubledSince, Instant.MAX));
    }
    if (!traits.committed()) {
      all.add(new CustomerTrouble(id, Trouble.LOW_USAGE, Instant.MIN, Instant.MAX));
    }
    return all;
  }

  boolean has(Trouble kind) {
    return trouble == kind;
  }

  /** Null for a customer without trouble. */
  Trouble trouble() {
    return trouble;
  }

  Duration troubledFor(Instant now) {
    return Duration.between(troubledSince, now);
  }

  /** How much the customer uses at that time; the mean customer's usual use is 1. */
  double use(Instant now) {
    if (now.isBefore(since)) {
      return 0;
    }
    return switch (status) {
      case GONE -> 0;
      case TRIAL -> TRIAL_USE * usualUse();
      case ACTIVE -> usualUse() * (has(Trouble.LOW_USAGE) ? fading(now) : 1);
    };
  }

  private double usualUse() {
    return traits.size() * (traits.committed() ? 1 : UNCOMMITTED_USE);
  }

  private double fading(Instant now) {
    double faded = Math.min(1, (double) troubledFor(now).toMillis() / FADING.toMillis());
    return 1 - faded * (1 - FADED_USE);
  }
}
