package io.tidewatch.ingest.stream;

import io.tidewatch.event.Event;
import io.tidewatch.ingest.CampaignBudget;
import io.tidewatch.ingest.QualityFlag;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Optional;
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
 * Flags a campaign's events before its start, and its spend of a local day beyond what its {@link
 * CampaignBudget} allows, once per campaign, day and currency. Every event passes unchanged.
 *
 * <p>To be keyed by the property {@code campaign}; events without one must not come here. The plan
 * is the {@code campaign.budget} of the latest event time among those already read.
 *
 * <p>State: the plan and one sum for each day of spend, both kept for {@code timeToLive} (of the
 * processing clock) after they were last used.
 */
public final class CampaignChecks extends KeyedProcessFunction<String, Event, Event> {

  private static final long serialVersionUID = 1;

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
        plan.update(CampaignPlan.of(event.time(), CampaignBudget.of(event, zone)));
      }
    } else {
      if (current != null) {
        current.budget().checkStart(event).ifPresent(flag -> context.output(FLAGS, flag));
      }
      if (event.type().equals("ad.spend")) {
        addSpend(event, current, context);
      }
    }
    out.collect(event);
  }

  private void addSpend(Event spend, CampaignPlan plan, Context context) throws Exception {
    LocalDate day = spend.time().atZone(zone).toLocalDate();
    String dayAndCurrency = day + " " + spend.currency();
    DaySpend before = spendByDay.get(dayAndCurrency);
    DaySpend total = (before == null ? DaySpend.NOTHING : before).plus(spend.amount());
    Optional<QualityFlag> overspent =
        plan == null || total.flagged()
            ? Optional.empty()
            : plan.budget().checkSpend(spend, day, total.amount());
    overspent.ifPresent(flag -> context.output(FLAGS, flag));
    spendByDay.put(dayAndCurrency, overspent.isPresent() ? total.asFlagged() : total);
  }
}
