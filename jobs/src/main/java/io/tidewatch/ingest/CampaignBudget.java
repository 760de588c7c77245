package io.tidewatch.ingest;

import io.tidewatch.event.Event;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Optional;

/**
 * What a campaign may do, as a {@code campaign.budget} said: nothing before its start, and spend up
 * to 1.1 × its budget on each local day.
 *
 * @param daily the budget of a local day
 * @param currency of the budget; spend in another one is not compared
 * @param startsAt null if it named no start
 */
public record CampaignBudget(BigDecimal daily, String currency, Instant startsAt) {

  private static final BigDecimal TOLERANCE = new BigDecimal("1.1");

  /**
   * What the event says; the start is its property {@code start} or else {@code starts_at}.
   *
   * @param zone at whose midnight a campaign starts that names a date alone
   */
  public static CampaignBudget of(Event told, ZoneId zone) {
    String start = told.get("start");
    return new CampaignBudget(
        new BigDecimal(told.get("daily_budget")),
        told.currency(),
        Timestamps.parseProperty(start == null ? told.get("starts_at") : start, zone));
  }

  /** A flag for an event of the campaign that lies before its start. */
  public Optional<QualityFlag> checkStart(Event event) {
    return startsAt != null && event.time().isBefore(startsAt)
        ? Optional.of(
            QualityFlags.about(
                event,
                QualityCheck.CAMPAIGN_NOT_STARTED,
                "campaign",
                "the event lies before the campaign's start at " + startsAt))
        : Optional.empty();
  }

  /**
   * A flag for the spend with which a day's total is beyond what the campaign may spend.
   *
   * @param day the local day of the spend
   * @param total what was spent on that day in the currency of the spend, with it
   */
  public Optional<QualityFlag> checkSpend(Event spend, LocalDate day, BigDecimal total) {
    return spend.currency().equals(currency) && total.compareTo(daily.multiply(TOLERANCE)) > 0
        ? Optional.of(
            QualityFlags.about(
                spend,
                QualityCheck.SPEND_OVER_BUDGET,
                "amount",
                "spend of %s has reached %s, beyond 1.1 times the daily budget of %s"
                    .formatted(day, total.toPlainString(), daily.toPlainString())))
        : Optional.empty();
  }
}
