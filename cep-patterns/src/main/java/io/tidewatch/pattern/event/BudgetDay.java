package io.tidewatch.pattern.event;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a campaign has spent of its budget on one local day. Events apply in the order in which they
 * are known.
 *
 * <p>Spend in another currency than the budget's is not compared; a late spend of an earlier day
 * changes nothing any more.
 *
 * @param ends the midnight that ends the day, epoch milliseconds
 * @param spent in the budget's currency; of any currency as long as there is no budget
 * @param budget of a day; null if nobody has told
 * @param currency of both; null if nothing has told
 * @param exceeded whether more was spent than may be
 */
public record BudgetDay(
    long ends, BigDecimal spent, BigDecimal budget, String currency, boolean exceeded) {

  /** Before anything is known. */
  public static final BudgetDay NONE = new BudgetDay(0, BigDecimal.ZERO, null, null, false);

  /** A day, and what is to be told of it. */
  public record Step(BudgetDay day, Optional<SeriesEvent> told) {}

  /** After a spend or a budget. */
  public Step after(SeriesEvent event, BigDecimal ratio, ZoneId zone) {
    BudgetDay today = event.is(CampaignOverspend.SPEND) ? spend(event, zone) : tell(event);
    return today.judged(event, ratio);
  }

  /** After the midnight that ends it. */
  public Step renewed(SeriesEvent atMidnight) {
    BudgetDay none = new BudgetDay(0, BigDecimal.ZERO, budget, currency, false);
    return new Step(
        none,
        exceeded
            ? Optional.of(none.told(atMidnight, CampaignOverspend.KEPT, budget))
            : Optional.empty());
  }

  private BudgetDay spend(SeriesEvent event, ZoneId zone) {
    long day =
        event
            .time()
            .atZone(zone)
            .toLocalDate()
            .plusDays(1)
            .atStartOfDay(zone)
            .toInstant()
            .toEpochMilli();
    Instant now = event.knownAt();
    boolean over = day <= now.toEpochMilli();
    boolean comparable = currency == null || currency.equals(event.get(CampaignOverspend.CURRENCY));
    if (over || !comparable) {
      return this;
    }
    return new BudgetDay(
        day,
        spent.add(event.number(CampaignOverspend.AMOUNT)),
        budget,
        event.get(CampaignOverspend.CURRENCY),
        exceeded);
  }

  private BudgetDay tell(SeriesEvent event) {
    String told = event.get(CampaignOverspend.CURRENCY);
    BigDecimal comparable = told == null || told.equals(currency) ? spent : BigDecimal.ZERO;
    return new BudgetDay(
        ends, comparable, event.number(CampaignOverspend.DAILY_BUDGET), told, exceeded);
  }

  private Step judged(SeriesEvent event, BigDecimal ratio) {
    BigDecimal limit = budget == null ? null : budget.multiply(ratio);
    boolean beyond = limit != null && spent.compareTo(limit) > 0;
    BudgetDay after = new BudgetDay(ends, spent, budget, currency, beyond);
    if (beyond == exceeded) {
      return new Step(after, Optional.empty());
    }
    String type = beyond ? CampaignOverspend.EXCEEDED : CampaignOverspend.KEPT;
    return new Step(after, Optional.of(after.told(event, type, limit)));
  }

  private SeriesEvent told(SeriesEvent cause, String type, BigDecimal limit) {
    Map<String, String> properties = new HashMap<>(cause.properties());
    properties.put(CampaignOverspend.SPENT, spent.toPlainString());
    properties.put(CampaignOverspend.DAILY_BUDGET, budget.toPlainString());
    properties.put(CampaignOverspend.LIMIT, limit.toPlainString());
    return new SeriesEvent(
        cause.series(),
        cause.customerId(),
        cause.eventId(),
        cause.time(),
        cause.knownAt(),
        type,
        properties);
  }
}
