package io.tidewatch.local.company;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;

/** The newsletter on Tuesdays and news of the product on Thursdays, to customers. */
final class Mailings implements Part {

  private static final int NEWSLETTER_HOUR = 9;
  private static final int PRODUCT_HOUR = 14;
  private static final double RECIPIENTS = 0.8;
  private static final double BOUNCED = 0.01;
  private static final double OPENED = 0.34;
  private static final double CLICKED = 0.2;
  private static final double UNSUBSCRIBED = 0.01;

  private final Clientele clientele;
  private final Randomness randomness;

  Mailings(Clientele clientele, Randomness randomness) {
    this.clientele = clientele;
    this.randomness = randomness;
  }

  @Override
  public void live(Hour hour, Feed feed) {
    if (hour.number() == 0) {
      return;
    }
    if (hour.weekday() == DayOfWeek.TUESDAY && hour.ofDay() == NEWSLETTER_HOUR) {
      send("newsletter", hour, feed);
    } else if (hour.weekday() == DayOfWeek.THURSDAY && hour.ofDay() == PRODUCT_HOUR) {
      send("product-news", hour, feed);
    }
  }

  private void send(String campaign, Hour hour, Feed feed) {
    Dice dice = randomness.dice("mailings", hour.number());
    for (Customer customer : clientele.all()) {
      if (customer.isServedSince(hour.start()) && dice.chance(RECIPIENTS)) {
        send(campaign, customer, hour.start().plusSeconds(dice.between(0, 1200)), dice, feed);
      }
    }
  }

  private static void send(String campaign, Customer customer, Instant time, Dice dice, Feed feed) {
    Draft sent =
        Draft.at(time, "email.sent")
            .customer(customer.id())
            .user(customer.user(1))
            .with("campaign", campaign);
    feed.tell(sent);
    if (dice.chance(BOUNCED)) {
      feed.tell(sent.later(Duration.ofSeconds(30), "email.bounced").with("campaign", campaign));
    } else if (dice.chance(OPENED)) {
      Duration read = dice.between(Duration.ofMinutes(1), Duration.ofHours(20));
      Duration soonAfter = read.plus(dice.between(Duration.ofSeconds(5), Duration.ofMinutes(3)));
      feed.tell(sent.later(read, "email.opened").with("campaign", campaign));
      if (dice.chance(CLICKED)) {
        feed.tell(sent.later(soonAfter, "email.clicked").with("campaign", campaign));
      } else if (dice.chance(UNSUBSCRIBED)) {
        feed.tell(sent.later(soonAfter, "email.unsubscribed").with("campaign", campaign));
      }
    }
  }
}
