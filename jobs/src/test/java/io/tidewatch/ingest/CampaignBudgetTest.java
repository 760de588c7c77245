package io.tidewatch.ingest;

import static io.tidewatch.metrics.TestEvents.event;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.event.Event;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

class CampaignBudgetTest {

  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
  private static final LocalDate DAY = LocalDate.of(2026, 3, 1);

  @Test
  void aTenthMoreThanTheBudgetMayBeSpent() {
    CampaignBudget budget = new CampaignBudget(new BigDecimal("33.33"), "EUR", null);
    Event spend = spend("EUR");
    // 1.1 × 33.33 = 36.663
    assertThat(budget.checkSpend(spend, DAY, new BigDecimal("36.6630"))).isEmpty();
    assertThat(budget.checkSpend(spend, DAY, new BigDecimal("36.6631")))
        .hasValueSatisfying(
            flag -> {
              assertThat(flag.check()).isEqualTo("SPEND_OVER_BUDGET");
              assertThat(flag.eventId()).isEqualTo(spend.id());
              assertThat(flag.field()).isEqualTo("amount");
              assertThat(flag.message())
                  .isEqualTo(
                      "spend of 2026-03-01 has reached 36.6631, beyond 1.1 times the daily budget"
                          + " of 33.33");
            });
  }

  @Test
  void aCampaignWithoutMoneyMaySpendNothing() {
    CampaignBudget nothing = new CampaignBudget(BigDecimal.ZERO, "EUR", null);
    assertThat(nothing.checkSpend(spend("EUR"), DAY, BigDecimal.ZERO)).isEmpty();
    assertThat(nothing.checkSpend(spend("EUR"), DAY, new BigDecimal("0.01"))).isPresent();
  }

  @Test
  void spendInAnotherCurrencyIsNotCompared() {
    CampaignBudget euros = new CampaignBudget(BigDecimal.TEN, "EUR", null);
    assertThat(euros.checkSpend(spend("JPY"), DAY, new BigDecimal("5000"))).isEmpty();
    assertThat(euros.checkSpend(spend("EUR"), DAY, new BigDecimal("5000"))).isPresent();
  }

  @Test
  void aCampaignStartsWithItsFirstMillisecond() {
    CampaignBudget budget = starting("start", "2026-03-01T09:00:00+01:00");
    assertThat(budget.checkStart(click("2026-03-01T07:59:59.999Z")))
        .hasValueSatisfying(
            flag -> {
              assertThat(flag.check()).isEqualTo("CAMPAIGN_NOT_STARTED");
              assertThat(flag.field()).isEqualTo("campaign");
              assertThat(flag.message())
                  .isEqualTo("the event lies before the campaign's start at 2026-03-01T08:00:00Z");
            });
    assertThat(budget.checkStart(click("2026-03-01T08:00:00Z"))).isEmpty();
  }

  @Test
  void aDateStartsAtLocalMidnight() {
    assertThat(starting("starts_at", "2026-03-01").startsAt())
        .isEqualTo(Instant.parse("2026-02-28T23:00:00Z"));
  }

  @Test
  void startTakesPrecedenceOverStartsAt() {
    Event told =
        event("campaign.budget")
            .with("daily_budget", "100")
            .with("start", "2026-03-02")
            .with("starts_at", "2026-03-01")
            .build();
    assertThat(CampaignBudget.of(told, BERLIN).startsAt())
        .isEqualTo(Instant.parse("2026-03-01T23:00:00Z"));
  }

  @Test
  void oneThatNamesNoStartHasAlwaysBegun() {
    Event told = event("campaign.budget").with("daily_budget", "100").build();
    CampaignBudget budget = CampaignBudget.of(told, BERLIN);
    assertThat(budget.startsAt()).isNull();
    assertThat(budget.checkStart(click("1970-01-01T00:00:00Z"))).isEmpty();
  }

  private static CampaignBudget starting(String property, String time) {
    return CampaignBudget.of(
        event("campaign.budget").with("daily_budget", "100").with(property, time).build(), BERLIN);
  }

  private static Event click(String time) {
    return event("ad.click").with("campaign", "spring").at(time).build();
  }

  private static Event spend(String currency) {
    return event("ad.spend").with("campaign", "spring").amount("1", currency).build();
  }
}
