package io.tidewatch.local.company;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Queue;

/**
 * What the company's systems send, when they send it: a little later than it happened and so a
 * little out of order, and some of it twice where that is recognised.
 */
public final class Delivery {

  /** Nothing is sent later than this after it happened. */
  public static final Duration LONGEST = Duration.ofSeconds(3);

  private static final double RESENT = 0.005;
  private static final Duration USUAL = Duration.ofMillis(400);
  private static final double SLOW = 0.05;
  private static final Duration HALF = LONGEST.dividedBy(2).minusMillis(1);

  private final Company company;
  private final Randomness randomness;
  private final Queue<Dispatch> dispatches =
      new PriorityQueue<>(
          Comparator.comparing(Dispatch::at).thenComparing(dispatch -> dispatch.event().id()));

  public Delivery(Company company, long seed) {
    this.company = company;
    this.randomness = new Randomness(seed);
  }

  /**
   * @param at when it is sent
   * @param repeated whether it was sent before
   */
  public record Dispatch(CompanyEvent event, Instant at, boolean repeated) {}

  /** What is sent next. */
  public Dispatch peek() {
    while (dispatches.isEmpty() || !company.nextTime().isAfter(dispatches.peek().at())) {
      CompanyEvent event = company.next();
      Dice dice = randomness.dice("delivery " + event.id(), 0);
      Instant at = event.time().plus(dice.between(Duration.ZERO, dice.chance(SLOW) ? HALF : USUAL));
      dispatches.add(new Dispatch(event, at, false));
      if (Topics.deduplicates(event.topic()) && dice.chance(RESENT)) {
        dispatches.add(new Dispatch(event, at.plus(dice.between(USUAL, HALF)), true));
      }
    }
    return dispatches.peek();
  }

  /** Sends it. */
  public Dispatch next() {
    Dispatch next = peek();
    dispatches.remove();
    return next;
  }
}
