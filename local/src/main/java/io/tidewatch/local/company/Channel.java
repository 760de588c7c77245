package io.tidewatch.local.company;

import java.util.List;

/**
 * Where a visit comes from.
 *
 * @param name as the default channel grouping calls it
 * @param source utm tag; null for none, and so the others
 */
record Channel(String name, String source, String medium, String campaign, String referrer) {

  static final List<String> NAMES =
      List.of("organic_search", "direct", "paid_search", "referral", "social", "email");

  private static final List<Channel> ALL =
      List.of(
          new Channel("organic_search", null, null, null, "https://www.google.com/"),
          new Channel("direct", null, null, null, null),
          new Channel("paid_search", "google", "cpc", "search-brand", "https://www.google.com/"),
          new Channel("paid_search", "google", "cpc", "search-generic", "https://www.google.com/"),
          new Channel("referral", null, null, null, "https://news.devweekly.example/"),
          new Channel("social", null, null, null, "https://www.linkedin.com/"),
          new Channel("email", "newsletter", "email", "newsletter", null),
          new Channel("paid_social", "linkedin", "paid_social", "linkedin-leads", null),
          new Channel("organic_search", null, null, null, "https://duckduckgo.com/"),
          new Channel("display", "adnetwork", "display", "display-retargeting", null));

  static Channel any(Dice dice) {
    return dice.oneOfRanked(ALL);
  }
}
