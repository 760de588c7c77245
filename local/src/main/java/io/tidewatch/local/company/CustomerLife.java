package io.tidewatch.local.company;

import io.tidewatch.local.company.Customer.Status;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * What customers do as customers: sign up, try, subscribe, pay, change plans, fall into trouble,
 * leave and come back.
 *
 * <p>Hardly one leaves without a cause that could be seen before: less use, tickets that stay open,
 * or payments that fail.
 */
final class CustomerLife implements Part {

  private static final int SECONDS_PER_HOUR = 3600;

  /** What is due is charged together, so often. */
  private static final Duration BILLING_RUN = Duration.ofMinutes(30);

  /** Chances of a day. */
  private static final double TROUBLE = 0.0001;

  private static final double TROUBLE_UNCOMMITTED = 0.02;
  private static final double UPGRADE = 0.0015;
  private static final double LEAVES_WITHOUT_CAUSE = 0.00005;
  private static final double COMES_BACK = 0.006;
  private static final double LEAVES_IN_TROUBLE = 0.09;
  private static final double DOWNGRADES_IN_TROUBLE = 0.03;
  private static final double RECOVERS = 0.04;

  /** Trouble lasts that long before a customer leaves for it. */
  private static final Duration PATIENCE = Duration.ofDays(6);

  /** Each month is as long as any other, so that each day brings in about the same. */
  private static final Duration MONTH = Duration.ofDays(30);

  private static final Duration YEAR = Duration.ofDays(365);

  private static final double ACTIVATES = 0.7;
  private static final double CONVERTS_ACTIVATED = 0.6;
  private static final double CONVERTS_OTHERWISE = 0.15;
  private static final double TRIALS_ON_PRO = 0.4;
  private static final double SMALLEST = 0.15;

  private final Clientele clientele;
  private final Randomness randomness;

  CustomerLife(Clientele clientele, Randomness randomness) {
    this.clientele = clientele;
    this.randomness = randomness;
  }

  @Override
  public void live(Hour hour, Feed feed) {
    if (hour.number() == 0) {
      found(hour, feed);
      return;
    }
    Dice dice = randomness.dice("customer-life", hour.number());
    for (Customer customer : clientele.all()) {
      if (!customer.is(Status.GONE) && customer.periodEndsAt().isBefore(hour.end())) {
        endPeriod(customer, dice, feed);
      }
      int minute = customer.traits().minuteOfDay();
      if (minute / 60 == hour.ofDay()) {
        Instant time =
            hour.start()
                .plus(BILLING_RUN.multipliedBy(minute % 60 / BILLING_RUN.toMinutes()))
                .plusMillis(dice.between(0, 20_000));
        liveADay(customer, time, dice, feed);
      }
    }
  }

  /** All that is known when the records begin. */
  private void found(Hour hour, Feed feed) {
    List<Customer> founders = clientele.all();
    List<Duration> periods = clientele.spreadOverAMonth(randomness);
    Instant midnight = midnightFrom(hour.start());
    long step = SECONDS_PER_HOUR / 2 * 1000L / Math.max(1, founders.size());
    for (int i = 0; i < founders.size(); i++) {
      Customer customer = founders.get(i);
      Instant time = hour.start().plusMillis(i * step);
      customer.subscribes(Status.ACTIVE, time, midnight.plus(periods.get(i)));
      feed.tell(created(customer, time));
      feed.tell(subscription("started", customer, time.plusMillis(1), "active"));
    }
  }

  /** That time, or the first midnight after it. */
  private static Instant midnightFrom(Instant time) {
    Instant midnight = time.truncatedTo(ChronoUnit.DAYS);
    return midnight.equals(time) ? midnight : midnight.plus(1, ChronoUnit.DAYS);
  }

  /** A visitor becomes a customer on trial. */
  void signUp(SignUp signUp, Dice dice, Feed feed) {
    Plan plan = dice.chance(TRIALS_ON_PRO) ? Plan.PRO : Plan.STARTER;
    double size = Math.max(SMALLEST, dice.skewed(0.4, 0.6));
    Customer customer =
        clientele.add(
            CustomerTraits.draw(dice, signUp.country(), signUp.channel(), size), plan, false);
    Instant time = signUp.time();
    customer.subscribes(
        Status.TRIAL,
        time,
        time.plus(Plan.trial()).plus(dice.between(Duration.ZERO, Duration.ofHours(8))));
    String user = customer.user(1);
    feed.tell(created(customer, time));
    feed.tell(
        of(customer, user, "user.registered", time.plusMillis(20))
            .visitor(signUp.visitor())
            .session(signUp.session()));
    feed.tell(of(customer, user, "trial.started", time.plusMillis(40)).with("plan", plan.label()));
    feed.tell(subscription("started", customer, time.plusMillis(60), "trialing"));
    boolean activates = dice.chance(ACTIVATES);
    Instant activated = time.plus(dice.between(Duration.ofMinutes(10), Duration.ofHours(30)));
    Instant invited = activated.plus(dice.between(Duration.ofMinutes(5), Duration.ofHours(12)));
    Instant onboarded = activated.plus(dice.between(Duration.ofMinutes(20), Duration.ofHours(40)));
    if (activates) {
      feed.tell(of(customer, user, "user.activated", activated));
      feed.tell(of(customer, user, "team.invited", invited));
      feed.tell(of(customer, user, "onboarding.completed", onboarded));
    } else {
      customer.fallsInto(Trouble.LOW_USAGE, time);
    }
  }

  private void endPeriod(Customer customer, Dice dice, Feed feed) {
    Instant time = customer.periodEndsAt();
    if (customer.is(Status.TRIAL)) {
      boolean activated = !customer.has(Trouble.LOW_USAGE);
      if (!dice.chance(activated ? CONVERTS_ACTIVATED : CONVERTS_OTHERWISE)) {
        leave(customer, time, "trial_ended", feed);
        return;
      }
      customer.converts(nextPeriod(customer, time));
      customer.recovers(time);
      feed.tell(
          of(customer, customer.user(1), "trial.converted", time)
              .with("plan", customer.plan().label()));
      feed.tell(subscription("changed", customer, time.plusMillis(20), "active"));
    } else {
      customer.renewsUntil(nextPeriod(customer, time));
    }
    Billing.charge(customer, time.plusMillis(40), customer.price(), "subscription", dice, feed);
  }

  private void liveADay(Customer customer, Instant time, Dice dice, Feed feed) {
    if (customer.is(Status.ACTIVE)) {
      double usage = customer.plan().usageOfDay() * dice.between(0.9, 1.1);
      Billing.charge(customer, time, usage, "usage", dice, feed);
      decide(customer, time.plusSeconds(30), dice, feed);
    } else if (customer.is(Status.GONE) && dice.chance(COMES_BACK)) {
      customer.subscribes(Status.ACTIVE, time, nextPeriod(customer, time));
      feed.tell(subscription("started", customer, time, "active"));
      Billing.charge(customer, time.plusMillis(40), customer.price(), "subscription", dice, feed);
    }
  }

  private void decide(Customer customer, Instant time, Dice dice, Feed feed) {
    if (customer.trouble() == null) {
      if (dice.chance(customer.traits().committed() ? TROUBLE : TROUBLE_UNCOMMITTED)) {
        customer.fallsInto(dice.oneOf(List.of(Trouble.values())), time);
      } else if (dice.chance(UPGRADE)) {
        changePlan(customer, customer.plan().above(), time, feed);
      } else if (dice.chance(LEAVES_WITHOUT_CAUSE)) {
        leave(customer, time, "other", feed);
      }
    } else if (customer.troubledFor(time).compareTo(PATIENCE) > 0) {
      if (dice.chance(LEAVES_IN_TROUBLE)) {
        leave(customer, time, customer.trouble().reason(), feed);
      } else if (dice.chance(DOWNGRADES_IN_TROUBLE)) {
        changePlan(customer, customer.plan().below(), time, feed);
      } else if (dice.chance(RECOVERS)) {
        customer.recovers(time);
      }
    }
  }

  private static void changePlan(Customer customer, Plan plan, Instant time, Feed feed) {
    if (plan != customer.plan()) {
      customer.changesTo(plan);
      feed.tell(subscription("changed", customer, time, "active"));
    }
  }

  private static void leave(Customer customer, Instant time, String reason, Feed feed) {
    feed.tell(
        Draft.at(time, "subscription.canceled")
            .customer(customer.id())
            .with("subscription_id", customer.subscriptionId())
            .with("reason", reason));
    customer.leaves();
  }

  private static Instant nextPeriod(Customer customer, Instant from) {
    return from.plus(customer.yearly() ? YEAR : MONTH);
  }

  private static Draft created(Customer customer, Instant time) {
    CustomerTraits traits = customer.traits();
    return Draft.at(time, "customer.created")
        .customer(customer.id())
        .with("company_name", traits.name())
        .with("industry", traits.industry())
        .with("tier", customer.plan().tier())
        .with("plan", customer.plan().label())
        .with("country", traits.country())
        .with("acquisition_channel", traits.channel());
  }

  private static Draft subscription(String what, Customer customer, Instant time, String status) {
    return Draft.at(time, "subscription." + what)
        .customer(customer.id())
        .with("subscription_id", customer.subscriptionId())
        .with("plan", customer.plan().label())
        .amount(customer.price())
        .with("interval", customer.yearly() ? "year" : "month")
        .with("status", status);
  }

  private static Draft of(Customer customer, String user, String type, Instant time) {
    return Draft.at(time, type).customer(customer.id()).user(user);
  }
}
