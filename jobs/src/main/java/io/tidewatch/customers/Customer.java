package io.tidewatch.customers;

import io.tidewatch.event.Event;
import io.tidewatch.metrics.InternalEvents;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.TreeSet;

/**
 * One customer: who it is, what it pays, and what it did in the last 30 days.
 *
 * <p>Events are to be applied in event-time order. One that comes late corrects what does not
 * depend on order: counts of its day, firsts and lasts, and what nobody has told otherwise since.
 */
public final class Customer {

  private static final BigDecimal SERVER_ERROR = BigDecimal.valueOf(500);
  private static final BigDecimal MICROS_PER_MILLI = BigDecimal.valueOf(1000);

  /** What takes longer counts as this, so that sums of whatever producers say stay in range. */
  private static final BigDecimal LONGEST_RESPONSE_MILLIS =
      BigDecimal.valueOf(Duration.ofDays(1).toMillis());

  private static final int WEEK = 7;
  private static final int FOUR_WEEKS = 28;

  Profile profile = Profile.UNKNOWN;
  Instant firstSeen;
  Instant lastSeen;

  /** The latest moment of what was applied or scored; it never goes back. */
  Instant clock;

  /** When it was created, called the API first, used anything last, logged in last; or null. */
  Instant created;

  Instant firstApiCall;
  Instant lastUse;
  Instant lastLogin;

  BigDecimal mrr = BigDecimal.ZERO;
  BigDecimal openingMrr = BigDecimal.ZERO;
  Payments payments = Payments.NONE;
  final RecentDays recentDays = new RecentDays();
  final FeatureUse features = new FeatureUse();
  final Set<String> openTickets = new TreeSet<>();

  /** The last one; null before the first. */
  HealthScore score;

  /** The day whose beginning is the next to be scored. */
  long nextMidnight;

  long inputs;

  /** Whether the row of {@code dim_customers} that was last told differs. */
  boolean rowIsStale = true;

  Customer() {}

  /**
   * One of whom nothing is known yet.
   *
   * @param time when it is first seen
   * @param nextMidnight the day whose beginning is the first to be scored
   */
  public static Customer seenAt(Instant time, long nextMidnight) {
    Customer customer = new Customer();
    customer.firstSeen = time;
    customer.lastSeen = time;
    customer.clock = time;
    customer.nextMidnight = nextMidnight;
    return customer;
  }

  /** Takes in one more event of this customer. */
  public void apply(Event event, LocalDays days) {
    inputs++;
    Instant time = event.time();
    if (time.isBefore(firstSeen)) {
      firstSeen = time;
      rowIsStale = true;
    }
    lastSeen = later(lastSeen, time);
    clock = later(clock, time);
    if (Profile.isToldBy(event)) {
      tell(profile.with(event));
    }
    switch (event.type()) {
      case "api.request" -> callApi(event, days);
      case "feature.used" -> useFeature(event, days);
      case "auth.succeeded" -> lastLogin = later(lastLogin, time);
      case "error.raised" -> recentDays.on(days.of(time)).errorsRaised++;
      case "payment.succeeded" -> payments = payments.succeededAt(time);
      case "payment.failed" -> {
        payments = payments.failedAt(time);
        recentDays.on(days.of(time)).paymentFailures++;
      }
      case "ticket.opened" -> {
        openTickets.add(event.get("ticket_id"));
        recentDays.on(days.of(time)).ticketsOpened++;
      }
      case "ticket.resolved" -> openTickets.remove(event.get("ticket_id"));
      case "customer.created" -> {
        created = earlier(created, time);
        rowIsStale = true;
      }
      case InternalEvents.MRR_MOVED -> {
        mrr = new BigDecimal(event.get("mrr"));
        rowIsStale = true;
      }
      default -> {
        // seen, and no more
      }
    }
  }

  /** Whether there was none of this kind, of use or of errors, on its local day before it. */
  public boolean isFirstOfDay(Event event, LocalDays days) {
    DailyActivity day = recentDays.all().get(days.of(event.time()));
    if (day == null) {
      return true;
    }
    return switch (event.type()) {
      case "api.request" -> day.apiCalls == 0 || day.apiErrors == 0 && isServerError(event);
      case "feature.used" -> day.featureUses == 0;
      case "error.raised" -> day.errorsRaised == 0;
      default -> false;
    };
  }

  /** Whether the midnight that comes next is to be scored: one who pays, or was seen lately. */
  public boolean isScoredNextMidnight(HealthSettings settings, LocalDays days) {
    return mrr.signum() > 0 || nextMidnight - 1 - days.of(lastSeen) <= settings.idleDays();
  }

  /** The day whose beginning is the next to be scored. */
  public long nextMidnight() {
    return nextMidnight;
  }

  /** Goes to the moment before the midnight that comes next, and says what is known then. */
  public CustomerSnapshot reachMidnight(LocalDays days) {
    clock = days.startOf(nextMidnight).minusMillis(1);
    return snapshot(days);
  }

  /**
   * A new day has begun.
   *
   * @param nextMidnight the day whose beginning comes next
   */
  public void passMidnight(long nextMidnight) {
    this.nextMidnight = nextMidnight;
    openingMrr = mrr;
  }

  /** What is known as of the latest moment there was. */
  public CustomerSnapshot snapshot(LocalDays days) {
    long asOf = days.of(clock);
    int month = RecentDays.LENGTH;
    long calls = recentDays.sum(asOf, month, day -> day.apiCalls);
    return new CustomerSnapshot(
        clock,
        recentDays.sum(asOf, WEEK, DailyActivity::uses),
        recentDays.sum(asOf, FOUR_WEEKS, DailyActivity::uses),
        lastUse == null ? null : asOf - days.of(lastUse),
        features.distinct(asOf, month),
        payments.standing(asOf, days),
        openTickets.size(),
        asOf - days.of(created == null ? firstSeen : created),
        recentDays.sum(asOf, WEEK, day -> day.apiCalls),
        calls,
        calls == 0
            ? 0
            : recentDays.sum(asOf, month, day -> day.responseMicros)
                / (calls * MICROS_PER_MILLI.doubleValue()),
        calls == 0 ? 0 : (double) recentDays.sum(asOf, month, day -> day.apiErrors) / calls,
        (int) recentDays.sum(asOf, month, day -> day.ticketsOpened),
        lastLogin,
        asOf - days.of(lastSignOfLife()),
        (int) recentDays.sum(asOf, month, day -> day.paymentFailures),
        recentDays.activeDays(asOf, month),
        mrr,
        openingMrr,
        profile.tier(),
        profile.plan(),
        profile.country());
  }

  /** The score before the one to come; null before the first. */
  public HealthScore score() {
    return score;
  }

  public void score(HealthScore score) {
    this.score = score;
  }

  public Profile profile() {
    return profile;
  }

  public BigDecimal mrr() {
    return mrr;
  }

  public Instant lastSeen() {
    return lastSeen;
  }

  /** How many events were applied. */
  public long inputs() {
    return inputs;
  }

  /** Whether the row of {@code dim_customers} has changed since {@link #toRow}. */
  public boolean rowIsStale() {
    return rowIsStale;
  }

  /** The row of {@code dim_customers}. */
  public CustomerRow toRow(String customerId, Predictions predictions) {
    rowIsStale = false;
    return new CustomerRow(
        customerId, profile, created, firstApiCall, mrr, firstSeen, clock, predictions, inputs);
  }

  private void callApi(Event event, LocalDays days) {
    use(event.time());
    Instant first = earlier(firstApiCall, event.time());
    rowIsStale |= !first.equals(firstApiCall);
    firstApiCall = first;
    DailyActivity day = recentDays.on(days.of(event.time()));
    day.apiCalls++;
    if (isServerError(event)) {
      day.apiErrors++;
    }
    day.responseMicros += micros(event.get("response_time_ms"));
  }

  private void useFeature(Event event, LocalDays days) {
    use(event.time());
    long day = days.of(event.time());
    recentDays.on(day).featureUses++;
    features.usedOn(day, event.get("feature"));
  }

  private void use(Instant time) {
    lastUse = later(lastUse, time);
  }

  private void tell(Profile told) {
    rowIsStale |= !told.equals(profile);
    profile = told;
  }

  private Instant lastSignOfLife() {
    if (lastLogin != null) {
      return lastLogin;
    }
    return lastUse == null ? firstSeen : lastUse;
  }

  /** Whether an API call failed on the server's side. */
  static boolean isServerError(Event event) {
    return new BigDecimal(event.get("status_code")).compareTo(SERVER_ERROR) >= 0;
  }

  private static long micros(String millis) {
    return new BigDecimal(millis)
        .max(BigDecimal.ZERO)
        .min(LONGEST_RESPONSE_MILLIS)
        .multiply(MICROS_PER_MILLI)
        .setScale(0, RoundingMode.HALF_UP)
        .longValue();
  }

  private static Instant earlier(Instant known, Instant time) {
    return known == null || time.isBefore(known) ? time : known;
  }

  private static Instant later(Instant known, Instant time) {
    return known == null || time.isAfter(known) ? time : known;
  }
}
