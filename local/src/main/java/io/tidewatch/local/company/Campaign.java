package io.tidewatch.local.company;

import java.util.List;

/**
 * An advertising campaign.
 *
 * @param clicksPerDay for each hundred customers that the company began with, on a working day
 * @param costPerClick EUR
 */
record Campaign(String name, String channel, double clicksPerDay, double costPerClick) {

  private static final double BUDGET_OF_EXPECTED_SPEND = 1.6;

  static final List<Campaign> ALL =
      List.of(
          new Campaign("search-brand", "paid_search", 5, 1.2),
          new Campaign("search-generic", "paid_search", 6, 2.6),
          new Campaign("linkedin-leads", "paid_social", 3, 3.4),
          new Campaign("display-retargeting", "display", 4, 0.9),
          new Campaign("video-launch", "video", 3, 1.5));

  /** What it may spend a day, in EUR. */
  double dailyBudget(int founders) {
    return Math.ceil(clicksPerDay * founders / 100 * costPerClick * BUDGET_OF_EXPECTED_SPEND);
  }
}
