package io.tidewatch.ingest.stream;

import io.tidewatch.ingest.CampaignBudget;
import java.math.BigDecimal;
import java.time.Instant;

/**
 * What the latest {@code campaign.budget} said.
 *
 * @param told its event time, epoch milliseconds
 * @param startsAt epoch milliseconds; null if it named no start
 */
public record CampaignPlan(long told, BigDecimal dailyBudget, String currency, Long startsAt) {

  static CampaignPlan of(Instant told, CampaignBudget budget) {
    return new CampaignPlan(
        told.toEpochMilli(),
        budget.daily(),
        budget.currency(),
        budget.startsAt() == null ? null : budget.startsAt().toEpochMilli());
  }

  CampaignBudget budget() {
    return new CampaignBudget(
        dailyBudget, currency, startsAt == null ? null : Instant.ofEpochMilli(startsAt));
  }
}
