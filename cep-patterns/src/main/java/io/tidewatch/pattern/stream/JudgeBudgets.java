package io.tidewatch.pattern.stream;

import io.tidewatch.pattern.event.BudgetDay;
import io.tidewatch.pattern.event.SeriesEvent;
import io.tidewatch.time.DueTimer;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.TimerService;
import org.apache.flink.streaming.api.functions.co.KeyedBroadcastProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Tells when the spend of a campaign's day goes beyond its budget, and when it no longer is.
 *
 * <p>Spend and budgets of a campaign apply at the watermark, in the order in which they are known;
 * budgets come before spend of the same moment.
 *
 * <p>The second input changes how much is too much, for the spend that applies from then on.
 *
 * <p>State: the day and the latest event of each campaign; cleared {@link #KEPT_FOR} after its last
 * event.
 *
 * @param <C> a change of the ratio
 */
public final class JudgeBudgets<C>
    extends KeyedBroadcastProcessFunction<String, SeriesEvent, C, SeriesEvent> {

  /** How long a silent campaign's budget is remembered. */
  static final Duration KEPT_FOR = Duration.ofDays(40);

  private static final Comparator<SeriesEvent> BUDGETS_FIRST =
      Comparator.comparing(SeriesEvent::type, Comparator.reverseOrder())
          .thenComparing(SeriesEvent::time)
          .thenComparing(SeriesEvent::eventId);

  private final Live<BigDecimal, C> ratios;
  private final ZoneId zone;

  private transient ValueState<BudgetDay> day;
  private transient ValueState<SeriesEvent> latest;
  private transient MapState<Long, List<SeriesEvent>> ahead;
  private transient DueTimer due;

  /**
   * @param ratios so many times its daily budget is too much
   * @param zone whose days budgets are for
   */
  public JudgeBudgets(Live<BigDecimal, C> ratios, ZoneId zone) {
    this.ratios = ratios;
    this.zone = zone;
  }

  @Override
  public void open(OpenContext context) {
    TypeInformation<SeriesEvent> event = TypeInformation.of(SeriesEvent.class);
    day =
        getRuntimeContext()
            .getState(new ValueStateDescriptor<>("day", TypeInformation.of(BudgetDay.class)));
    latest = getRuntimeContext().getState(new ValueStateDescriptor<>("latest", event));
    ahead =
        getRuntimeContext()
            .getMapState(new MapStateDescriptor<>("ahead", Types.LONG, Types.LIST(event)));
    due = new DueTimer(getRuntimeContext());
  }

  @Override
  public void processBroadcastElement(C change, Context context, Collector<SeriesEvent> out)
      throws Exception {
    ratios.take(change, context.getBroadcastState(ratios.documents()));
  }

  @Override
  public void processElement(SeriesEvent event, ReadOnlyContext context, Collector<SeriesEvent> out)
      throws Exception {
    long moment = event.knownAt().toEpochMilli();
    List<SeriesEvent> known = ahead.get(moment);
    List<SeriesEvent> together = known == null ? new ArrayList<>() : new ArrayList<>(known);
    together.add(event);
    ahead.put(moment, together);
    context.timerService().registerEventTimeTimer(moment);
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<SeriesEvent> out)
      throws Exception {
    if (due.isDue(timestamp)) {
      lookAfter(timestamp, context.timerService(), out);
    }
    List<SeriesEvent> events = ahead.get(timestamp);
    if (events != null) {
      ahead.remove(timestamp);
      events.sort(BUDGETS_FIRST);
      BigDecimal ratio = ratios.now(context.getBroadcastState(ratios.documents()));
      for (SeriesEvent event : events) {
        apply(event, ratio, out);
      }
      due.atLatest(nextLook(), context.timerService());
    }
  }

  private void apply(SeriesEvent event, BigDecimal ratio, Collector<SeriesEvent> out)
      throws Exception {
    BudgetDay known = day.value();
    BudgetDay.Step step = (known == null ? BudgetDay.NONE : known).after(event, ratio, zone);
    step.told().ifPresent(out::collect);
    day.update(step.day());
    latest.update(event);
  }

  private void lookAfter(long now, TimerService timers, Collector<SeriesEvent> out)
      throws Exception {
    if (now >= forgottenAt()) {
      day.clear();
      latest.clear();
      return;
    }
    BudgetDay known = day.value();
    if (known.ends() != 0 && now >= known.ends()) {
      BudgetDay.Step step = known.renewed(atMidnight(known.ends()));
      step.told().ifPresent(out::collect);
      day.update(step.day());
    }
    due.atLatest(nextLook(), timers);
  }

  private SeriesEvent atMidnight(long midnight) throws Exception {
    SeriesEvent last = latest.value();
    Instant time = Instant.ofEpochMilli(midnight);
    return new SeriesEvent(
        last.series(),
        last.customerId(),
        last.eventId(),
        time,
        time,
        last.type(),
        last.properties());
  }

  private long nextLook() throws Exception {
    long ends = day.value().ends();
    return ends == 0 ? forgottenAt() : ends;
  }

  private long forgottenAt() throws Exception {
    return latest.value().knownAt().plus(KEPT_FOR).toEpochMilli();
  }
}
