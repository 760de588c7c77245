package io.tidewatch.local.company;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** Campaigns with their budgets: what is shown, clicked, paid and gained. */
final class Advertising implements Part {

  private static final int IMPRESSIONS_PER_CLICK = 12;
  private static final double CONVERTS = 0.09;

  /** Where a campaign stops for the day. */
  private static final double PACING = 0.8;

  private final int founders;
  private final Randomness randomness;
  private final Map<Campaign, Double> spentToday = new HashMap<>();

  Advertising(int founders, Randomness randomness) {
    this.founders = founders;
    this.randomness = randomness;
  }

  @Override
  public void live(Hour hour, Feed feed) {
    Dice dice = randomness.dice("advertising", hour.number());
    if (hour.ofDay() == 0 || hour.number() == 0) {
      spentToday.clear();
      Campaign.ALL.forEach(campaign -> feed.tell(budget(campaign, hour.start())));
    }
    for (Campaign campaign : Campaign.ALL) {
      double clicks = campaign.clicksPerDay() * founders / 100 / 24 * Rhythm.VISITORS.at(hour);
      double budget = campaign.dailyBudget(founders);
      dice.times(hour, clicks * IMPRESSIONS_PER_CLICK)
          .sorted()
          .forEach(
              time -> {
                double cost = campaign.costPerClick() * dice.between(0.8, 1.2);
                boolean clicked = dice.chance(1.0 / IMPRESSIONS_PER_CLICK);
                boolean paces = spentToday.getOrDefault(campaign, 0.0) + cost > budget * PACING;
                if (!paces && show(campaign, time, clicked, cost, dice, feed)) {
                  spentToday.merge(campaign, cost, Double::sum);
                }
              });
    }
  }

  /** Whether it was clicked. */
  static boolean show(
      Campaign campaign, Instant time, boolean clicked, double cost, Dice dice, Feed feed) {
    String country = Countries.any(dice);
    feed.tell(ad("impression", campaign, time).with("country", country));
    double value = dice.between(60.0, 400.0);
    boolean converts = dice.chance(CONVERTS);
    if (clicked) {
      Instant click = time.plus(dice.between(Duration.ofMillis(900), Duration.ofSeconds(8)));
      feed.tell(ad("click", campaign, click).with("country", country));
      feed.tell(ad("spend", campaign, click.plusMillis(20)).amount(cost));
      if (converts) {
        Instant conversion =
            click.plus(dice.between(Duration.ofSeconds(40), Duration.ofMinutes(20)));
        feed.tell(
            ad("conversion", campaign, conversion).with("country", country).money("value", value));
      }
    }
    return clicked;
  }

  private Draft budget(Campaign campaign, Instant time) {
    return Draft.at(time, "campaign.budget")
        .with("campaign", campaign.name())
        .with("channel", campaign.channel())
        .money("daily_budget", campaign.dailyBudget(founders))
        .with("currency", "EUR");
  }

  private static Draft ad(String what, Campaign campaign, Instant time) {
    return Draft.at(time, "ad." + what)
        .with("campaign", campaign.name())
        .with("channel", campaign.channel());
  }
}
