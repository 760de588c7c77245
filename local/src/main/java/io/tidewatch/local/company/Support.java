package io.tidewatch.local.company;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Tickets from the first word to the last, and what customers think of it all. */
final class Support implements Part {

  /** For each customer on a working day. */
  private static final double TICKETS_PER_DAY = 0.015;

  private static final double TICKETS_PER_DAY_WITH_PROBLEMS = 0.5;
  private static final double SOLVED_WITH_PROBLEMS = 0.3;
  private static final double ANSWERS_CSAT = 0.4;
  private static final double ANSWERS_CES = 0.2;
  private static final double NPS_PER_DAY = 0.012;
  private static final double FEEDBACK_PER_DAY = 0.004;

  private static final List<String> PRIORITIES = List.of("normal", "low", "high", "urgent");
  private static final List<String> CATEGORIES =
      List.of("how-to", "billing", "bug", "integration", "performance");
  private static final List<String> PRAISE =
      List.of("Works as promised.", "The new reports save us an hour a day.", "Fast answers.");
  private static final List<String> COMPLAINTS =
      List.of("Too slow at month's end.", "We wait for an answer since days.", "Hard to set up.");

  private final Clientele clientele;
  private final Randomness randomness;

  Support(Clientele clientele, Randomness randomness) {
    this.clientele = clientele;
    this.randomness = randomness;
  }

  @Override
  public void live(Hour hour, Feed feed) {
    if (hour.number() == 0) {
      return;
    }
    Dice dice = randomness.dice("support", hour.number());
    double share = Rhythm.OFFICE.at(hour) / 24;
    for (Customer customer : clientele.all()) {
      if (!customer.isServedSince(hour.start())) {
        continue;
      }
      boolean hasProblems = customer.has(Trouble.PROBLEMS);
      double tickets = hasProblems ? TICKETS_PER_DAY_WITH_PROBLEMS : TICKETS_PER_DAY;
      if (dice.chance(tickets * share)) {
        openTicket(customer, hasProblems, dice.within(hour), dice, feed);
      }
      if (dice.chance(NPS_PER_DAY * share)) {
        feed.tell(survey(customer, "nps", promise(customer, dice), dice.within(hour), dice));
      }
      if (dice.chance(FEEDBACK_PER_DAY * share)) {
        boolean content = customer.trouble() == null;
        feed.tell(
            of(customer, "feedback.received", dice.within(hour), dice)
                .with("text", dice.oneOf(content ? PRAISE : COMPLAINTS))
                .with("category", dice.oneOf(CATEGORIES)));
      }
    }
  }

  private static void openTicket(
      Customer customer, boolean hasProblems, Instant time, Dice dice, Feed feed) {
    String ticket = "t-" + customer.id() + "-" + Long.toString(time.toEpochMilli(), 36);
    String priority = dice.oneOfRanked(PRIORITIES);
    String category = dice.oneOfRanked(CATEGORIES);
    Draft opened =
        of(customer, "ticket.opened", time, dice)
            .with("ticket_id", ticket)
            .with("priority", priority)
            .with("category", category);
    feed.tell(opened);
    Duration response =
        Duration.ofMinutes((long) Math.min(2_000, dice.skewed(hasProblems ? 240 : 25, 0.8)));
    Duration solution =
        response.plusMinutes((long) Math.min(8_000, dice.skewed(hasProblems ? 3_000 : 300, 0.9)));
    feed.tell(opened.later(response, "ticket.responded").with("ticket_id", ticket));
    if (hasProblems && !dice.chance(SOLVED_WITH_PROBLEMS)) {
      return;
    }
    feed.tell(
        opened
            .later(solution, "ticket.resolved")
            .with("ticket_id", ticket)
            .with("category", category));
    Duration answer = solution.plus(dice.between(Duration.ofMinutes(2), Duration.ofHours(10)));
    if (dice.chance(ANSWERS_CSAT)) {
      int score = hasProblems ? dice.between(1, 3) : dice.between(3, 5);
      feed.tell(
          opened.later(answer, "survey.answered").with("survey", "csat").with("score", score));
    } else if (dice.chance(ANSWERS_CES)) {
      int score = hasProblems ? dice.between(1, 4) : dice.between(4, 7);
      feed.tell(opened.later(answer, "survey.answered").with("survey", "ces").with("score", score));
    }
  }

  /** Would they recommend the company, from 0 to 10? */
  private static int promise(Customer customer, Dice dice) {
    return customer.trouble() == null ? dice.between(6, 10) : dice.between(0, 7);
  }

  private static Draft survey(
      Customer customer, String survey, int score, Instant time, Dice dice) {
    return of(customer, "survey.answered", time, dice)
        .with("survey", survey)
        .with("score", score)
        .with("comment", score >= 9 ? dice.oneOf(PRAISE) : null);
  }

  private static Draft of(Customer customer, String type, Instant time, Dice dice) {
    return Draft.at(time, type).customer(customer.id()).user(customer.anyUser(dice));
  }
}
