package io.tidewatch.local.company;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Queue;

/**
 * What befalls the company, and when.
 *
 * <p>In its history each kind occurs once, one at a time, after the first days from which baselines
 * are learnt. Live, the kinds that show within minutes begin at once, one shortly after the other,
 * and are all over within three minutes; later ones follow at random.
 */
final class Incidents {

  private static final Duration UNTIL_FIRST = Duration.ofDays(9);
  private static final Duration APART = Duration.ofDays(4);
  private static final Duration MEAN_GAP = Duration.ofMinutes(5);
  private static final long NO_LIVE_ONE = -1;
  private static final double COLD_SHARE = 0.45;

  /** Of those whose programs try again when they get no answer. */
  private static final double RETRYING_SHARE = 0.6;

  private static final List<IncidentKind> ANY_DAY =
      List.of(
          IncidentKind.OUTAGE,
          IncidentKind.PAYMENTS_FAILING,
          IncidentKind.VIRAL_SPIKE,
          IncidentKind.CAMPAIGN_OVERSPEND,
          IncidentKind.CUSTOMERS_GOING_COLD,
          IncidentKind.BRUTE_FORCE);

  /** Live ones, in the order in which they begin. */
  private static final List<Quick> FIRST_LIVE =
      List.of(
          Quick.after(5, IncidentKind.SERVICE_SILENT, 130),
          Quick.after(10, IncidentKind.BRUTE_FORCE, 30),
          Quick.after(25, IncidentKind.OUTAGE, 100),
          Quick.after(45, IncidentKind.PAYMENTS_FAILING, 90),
          Quick.after(65, IncidentKind.CAMPAIGN_OVERSPEND, 45),
          Quick.after(80, IncidentKind.VIRAL_SPIKE, 75));

  private final Clientele clientele;
  private final int founders;
  private final Randomness randomness;
  private final Queue<Planned> planned = new PriorityQueue<>(Comparator.comparing(Planned::start));
  private long places;
  private boolean live;

  /**
   * @param number of the streams of chance that it draws from; of a live one its place among them,
   *     so that no second on the wall matters
   */
  private record Planned(IncidentKind kind, Instant start, Duration length, long number) {

    static Planned inHistory(IncidentKind kind, Instant start, Duration length) {
      return new Planned(kind, start, length, start.getEpochSecond());
    }
  }

  /** A kind that shows within minutes. */
  private record Quick(IncidentKind kind, Duration after, Duration length) {

    static Quick after(int seconds, IncidentKind kind, int length) {
      return new Quick(kind, Duration.ofSeconds(seconds), Duration.ofSeconds(length));
    }

    Planned at(Instant start, long place) {
      return new Planned(kind, start, length, place);
    }
  }

  Incidents(Clientele clientele, int founders, Randomness randomness) {
    this.clientele = clientele;
    this.founders = founders;
    this.randomness = randomness;
  }

  /** Lets each kind occur once between the company's beginning and the present. */
  void planHistory(Instant start, Instant present) {
    Dice dice = randomness.dice("history", 0);
    List<IncidentKind> kinds = new ArrayList<>(ANY_DAY);
    Instant slot = start.truncatedTo(ChronoUnit.DAYS).plus(UNTIL_FIRST);
    while (!kinds.isEmpty()) {
      IncidentKind kind = kinds.remove(dice.between(0, kinds.size() - 1));
      planned.add(inHistory(kind, slot));
      slot = slot.plus(APART);
    }
    planned.add(inHistory(IncidentKind.SERVICE_SILENT, present.minus(Duration.ofHours(6))));
  }

  /** From then on incidents occur without end. */
  void planLive(Instant from) {
    live = true;
    FIRST_LIVE.forEach(first -> planned.add(first.at(from.plus(first.after()), places++)));
    planLater(from.plusSeconds(180));
  }

  /** The next one that has begun by that time; null if there is none. */
  Incident next(Instant now) {
    Planned next = planned.peek();
    if (next == null || next.start().isAfter(now)) {
      return null;
    }
    planned.remove();
    if (live && planned.isEmpty()) {
      planLater(next.start());
    }
    return begin(next);
  }

  private void planLater(Instant after) {
    Dice dice = randomness.dice("later", places);
    Quick kind = dice.oneOf(FIRST_LIVE);
    Duration gap = dice.between(MEAN_GAP.dividedBy(2), MEAN_GAP.multipliedBy(3).dividedBy(2));
    planned.add(kind.at(after.plus(gap), places++));
  }

  private static Planned inHistory(IncidentKind kind, Instant day) {
    return switch (kind) {
      case OUTAGE ->
          Planned.inHistory(kind, day.plus(Duration.ofHours(13)), Duration.ofMinutes(40));
      case PAYMENTS_FAILING ->
          Planned.inHistory(kind, day.plus(Duration.ofHours(1)), Duration.ofHours(20));
      case VIRAL_SPIKE ->
          Planned.inHistory(kind, day.plus(Duration.ofHours(15)), Duration.ofHours(3));
      case CAMPAIGN_OVERSPEND ->
          Planned.inHistory(kind, day.plus(Duration.ofHours(10)), Duration.ofHours(3));
      case CUSTOMERS_GOING_COLD -> Planned.inHistory(kind, day, Duration.ofDays(3));
      case BRUTE_FORCE ->
          Planned.inHistory(kind, day.plus(Duration.ofHours(3)), Duration.ofMinutes(4));
      // counted from the present, which must not matter
      case SERVICE_SILENT -> new Planned(kind, day, Duration.ofMinutes(15), NO_LIVE_ONE);
    };
  }

  private Incident begin(Planned plan) {
    Span span = Span.of(plan.start(), plan.length());
    Dice dice = randomness.dice("incident", plan.number());
    Crowd crowd = clientele.crowd(span.start());
    return switch (plan.kind()) {
      case OUTAGE ->
          new Outage(
              span,
              60,
              largest(RETRYING_SHARE, span),
              randomness.dice("outage", plan.number()),
              randomness);
      case PAYMENTS_FAILING ->
          new PaymentsFailing(span, 120, crowd, randomness.dice("payments-failing", plan.number()));
      case VIRAL_SPIKE ->
          new ViralSpike(
              span, 600, dice.oneOf(Content.PIECES), randomness.dice("viral-spike", plan.number()));
      case CAMPAIGN_OVERSPEND -> {
        Campaign campaign = dice.oneOf(Campaign.ALL);
        yield new CampaignOverspend(
            span,
            campaign,
            campaign.dailyBudget(founders),
            randomness.dice("overspend", plan.number()));
      }
      case CUSTOMERS_GOING_COLD ->
          new CustomersGoingCold(span, clientele.largest(COLD_SHARE, span.start()));
      case BRUTE_FORCE -> new BruteForce(span, crowd.draw(dice));
      case SERVICE_SILENT -> new ServiceSilent(span, dice.oneOf(Services.NAMES));
    };
  }

  /** Those that use so much of all there is. */
  private Crowd largest(double share, Span span) {
    return new Crowd(clientele.largest(share, span.start()), span.start());
  }
}
