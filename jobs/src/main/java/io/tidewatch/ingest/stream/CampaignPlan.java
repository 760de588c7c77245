package io.tidewatch.ingest.stream;

import java.math.BigDecimal;

/**
 * What the latest {@code campaign.budget} said.
 *
 * @param told its event time, epoch milliseconds
 * @param startsAt epoch milliseconds; null if it named no start
 */
public record CampaignPlan(long told, BigDecimal dailyBudget, String currency, Long startsAt) {}
