package io.tidewatch.local.company;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Visits to the company's site, from the first look to the registration. */
final class WebTraffic implements Part {

  /** For each customer that the company began with, on a working day. */
  private static final double VISITS_PER_DAY = 0.5;

  private static final double MORE_PAGES = 1.0;
  private static final double READS = 0.22;
  private static final double SHARES = 0.04;
  private static final double FORM = 0.075;
  private static final double DEMO = 0.02;
  private static final double SIGNS_UP = 0.016;
  private static final double SEES_EXPERIMENT = 0.15;

  private static final List<String> PATHS =
      List.of("/", "/pricing", "/docs", "/features", "/docs/quickstart", "/customers", "/security");
  private static final List<String> DEVICES = List.of("desktop", "mobile", "tablet");

  private final double visitsPerDay;
  private final CustomerLife customers;
  private final Sales sales;
  private final Randomness randomness;

  WebTraffic(int founders, CustomerLife customers, Sales sales, Randomness randomness) {
    this.visitsPerDay = founders * VISITS_PER_DAY;
    this.customers = customers;
    this.sales = sales;
    this.randomness = randomness;
  }

  @Override
  public void live(Hour hour, Feed feed) {
    if (hour.number() == 0) {
      return;
    }
    Dice dice = randomness.dice("web", hour.number());
    long[] visits = new long[1];
    dice.times(hour, visitsPerDay / 24 * Rhythm.VISITORS.at(hour))
        .forEach(time -> visit(hour.number() + "-" + visits[0]++, time, dice, feed));
  }

  private void visit(String name, Instant start, Dice dice, Feed feed) {
    Channel channel = Channel.any(dice);
    String country = Countries.any(dice);
    String device = dice.oneOfRanked(DEVICES);
    String visitor = "a-" + name;
    String session = "web-" + name;
    Instant time = start;
    feed.tell(
        page(time, dice.oneOfRanked(PATHS), country, device, dice)
            .visitor(visitor)
            .session(session)
            .with("referrer", channel.referrer())
            .with("utm_source", channel.source())
            .with("utm_medium", channel.medium())
            .with("utm_campaign", channel.campaign()));
    if (dice.chance(SEES_EXPERIMENT)) {
      Experiments.HEADLINE.meet(
          Draft.at(time.plusSeconds(1), "experiment.exposed").visitor(visitor).session(session),
          visitor,
          dice,
          feed);
    }
    int more = dice.count(MORE_PAGES);
    for (int i = 0; i < more; i++) {
      time = time.plus(dice.between(Duration.ofSeconds(5), Duration.ofMinutes(4)));
      feed.tell(
          page(time, dice.oneOfRanked(PATHS), country, device, dice)
              .visitor(visitor)
              .session(session));
    }
    if (dice.chance(READS)) {
      read(time.plusSeconds(dice.between(2, 60)), dice, feed, visitor, session);
    }
    act(time.plusSeconds(dice.between(5, 90)), visitor, session, channel, country, dice, feed);
  }

  private static void read(Instant time, Dice dice, Feed feed, String visitor, String session) {
    String piece = dice.oneOfRanked(Content.PIECES);
    feed.tell(
        Draft.at(time, "content.viewed")
            .visitor(visitor)
            .session(session)
            .with("content", piece)
            .with("duration_ms", (long) dice.skewed(60_000, 0.8)));
    if (dice.chance(SHARES)) {
      feed.tell(
          Draft.at(time.plusSeconds(45), "content.shared")
              .visitor(visitor)
              .session(session)
              .with("content", piece));
    }
  }

  private void act(
      Instant time,
      String visitor,
      String session,
      Channel channel,
      String country,
      Dice dice,
      Feed feed) {
    double intent = dice.between(0.0, 1.0);
    if (intent < SIGNS_UP) {
      feed.tell(form(time, "sign-up", visitor, session));
      customers.signUp(
          new SignUp(time.plusSeconds(5), visitor, session, channel.name(), country), dice, feed);
    } else if (intent < SIGNS_UP + DEMO) {
      feed.tell(form(time, "demo", visitor, session));
      feed.tell(Draft.at(time.plusSeconds(1), "demo.requested").visitor(visitor).session(session));
      sales.lead(time.plusSeconds(2), visitor, channel, true, dice, feed);
    } else if (intent < SIGNS_UP + DEMO + FORM) {
      feed.tell(form(time, "contact", visitor, session));
      sales.lead(time.plusSeconds(2), visitor, channel, false, dice, feed);
    }
  }

  static Draft page(Instant time, String path, String country, String device, Dice dice) {
    return Draft.at(time, "page.viewed")
        .with("path", path)
        .with("country", country)
        .with("device", device)
        .with("duration_ms", (long) dice.skewed(25_000, 0.9))
        .with("load_ms", (long) dice.skewed(700, 0.35));
  }

  private static Draft form(Instant time, String form, String visitor, String session) {
    return Draft.at(time, "form.completed").visitor(visitor).session(session).with("form", form);
  }
}
