package io.tidewatch.local.company;

import java.time.Duration;

/** What customers subscribe to. */
enum Plan {
  STARTER("starter", "Developer", 29, 4),
  PRO("pro", "Team", 99, 15),
  BUSINESS("business", "Team", 299, 40),
  ENTERPRISE("enterprise", "Enterprise", 999, 120);

  private static final double MONTHS_PAID_OF_A_YEAR = 10;

  private final String label;
  private final String tier;
  private final double monthly;
  private final double usageOfDay;

  Plan(String label, String tier, double monthly, double usageOfDay) {
    this.label = label;
    this.tier = tier;
    this.monthly = monthly;
    this.usageOfDay = usageOfDay;
  }

  String label() {
    return label;
  }

  String tier() {
    return tier;
  }

  /** What a period costs, in EUR. */
  double price(boolean yearly) {
    return yearly ? monthly * MONTHS_PAID_OF_A_YEAR : monthly;
  }

  /** What a usual day's usage costs on top, in EUR. */
  double usageOfDay() {
    return usageOfDay;
  }

  Plan above() {
    return values()[Math.min(ordinal() + 1, values().length - 1)];
  }

  Plan below() {
    return values()[Math.max(ordinal() - 1, 0)];
  }

  /** Those who pay much by invoice are not turned away by a card. */
  boolean paysByCard() {
    return this != ENTERPRISE;
  }

  static Duration trial() {
    return Duration.ofDays(10);
  }
}
