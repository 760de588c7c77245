package io.tidewatch.ingest.stream;

import io.tidewatch.event.Event;
import io.tidewatch.ingest.QualityCheck;
import io.tidewatch.ingest.QualityFlag;
import io.tidewatch.ingest.QualityFlags;
import io.tidewatch.ingest.Timestamps;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.StateTtlConfig;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * Flags a campaign's events before its start, and its spend of a local day beyond 1.1 × the daily
 * budget, once per campaign and day. Every event passes unchanged.
 *
 * <p>To be keyed by the property {@code campaign}; events without one must not come here. The plan
 * is the {@code campaign.budget} of the latest event time among those already read; its start is
 * the property {@code start} or {@code starts_at}. Spend in another currency than the budget's is
 * not compared.
 *
 * <p>State: the plan and one sum for each day of spend, both kept for {@code timeToLive} (of the
 * processing clock) after they were last used.
 */
public final class CampaignChecks extends KeyedProcessFunction<String, Event, Event> {

  private static final long serialVersionUID = 1;
  private static final BigDecimal TOLERANCE = new BigDecimal("1.1");

  public static final OutputTag<QualityFlag> FLAGS = new OutputTag<>("campaign-flags") {};

  private final Duration timeToLive;
  private final ZoneId zone;

  private transient ValueState<CampaignPlan> plan;
  private transient MapState<String, DaySpend> spendByDay;

  /**
   * @param timeToLive how long a silent campaign is remembered
   * @param zone whose days budgets are for
   */
  public CampaignChecks(Duration timeToLive, ZoneId zone) {
    this.timeToLive = timeToLive;
    this.zone = zone;
  }

  @Override
  public void open(OpenContext context) {
    StateTtlConfig whileUsed =
        StateTtlConfig.newBuilder(timeToLive).updateTtlOnReadAndWrite().build();
    var planDescriptor = new ValueStateDescriptor<>("plan", CampaignPlan.class);
    planDescriptor.enableTimeToLive(whileUsed);
    plan = getRuntimeContext().getState(planDescriptor);
    var spendDescriptor = new MapStateDescriptor<>("spend-by-day", String.class, DaySpend.class);
    spendDescriptor.enableTimeToLive(whileUsed);
    spendByDay = getRuntimeContext().getMapState(spendDescriptor);
  }

  @Override
  public void processElement(Event event, Context context, Collector<Event> out) throws Exception {
    CampaignPlan current = plan.value();
    if (event.type().equals("campaign.budget")) {
      if (current == null || current.told() <= event.time().toEpochMilli()) {
        plan.update(planOf(event));
      }
    } else {
      checkStart(event, current, context);
      if (event.type().equals("ad.spend")) {
        checkSpend(event, current, context);
      }
    }
    out.collect(event);
  }

  private CampaignPlan planOf(Event budget) {
    String start = budget.get("start");
    Instant startsAt =
        Timestamps.parseProperty(start == null ? budget.get("starts_at") : start, zone);
    return new CampaignPlan(
        budget.time().toEpochMilli(),
        new BigDecimal(budget.get("daily_budget")),
        budget.currency(),
        startsAt == null ? null : startsAt.toEpochMilli());
  }

  private static void checkStart(Event event, CampaignPlan plan, Context context) {
    if (plan != null && plan.startsAt() != null && event.time().toEpochMilli() < plan.startsAt()) {
      context.output(
          FLAGS,
          QualityFlags.about(
              event,
              QualityCheck.CAMPAIGN_NOT_STARTED,
              "campaign",
              "the event lies before the campaign's start at "
                  + Instant.ofEpochMilli(plan.startsAt())));
    }
  }

  private void checkSpend(Event spend, CampaignPlan plan, Context context) throws Exception {
    String day = spend.time().atZone(zone).toLocalDate().toString();
    String dayAndCurrency = day + ' ' + spend.currency();
    DaySpend before = spendByDay.get(dayAndCurrency);
    DaySpend total = (before == null ? DaySpend.NOTHING : before).plus(spend.amount());
    if (!total.flagged() && exceeds(total, spend.currency(), plan)) {
      total = total.asFlagged();
      context.output(
          FLAGS,
          QualityFlags.about(
              spend,
              QualityCheck.SPEND_OVER_BUDGET,
              "amount",
              "spend of "
                  + day
                  + " has reached "
                  + total.amount().toPlainString()
                  + ", beyond 1.1 times the daily budget of "
                  + plan.dailyBudget().toPlainString()));
    }
    spendByDay.put(dayAndCurrency, total);
  }

  private static boolean exceeds(DaySpend total, String currency, CampaignPlan plan) {
    return plan != null
        && currency.equals(plan.currency())
        && total.amount().compareTo(plan.dailyBudget().multiply(TOLERANCE)) > 0;
  }
}
