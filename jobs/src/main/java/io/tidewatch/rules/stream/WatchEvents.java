package io.tidewatch.rules.stream;

import io.tidewatch.alert.Alert;
import io.tidewatch.rules.AbsenceRuleEvaluator;
import io.tidewatch.rules.Endings;
import io.tidewatch.rules.EventAlertState;
import io.tidewatch.rules.EventRule;
import io.tidewatch.rules.MatchRuleEvaluator;
import io.tidewatch.time.DueTimer;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.TimerService;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * The alerts of event rules, keyed by {@link WatchedEvent#key()}.
 *
 * <p>An event that fires does so as it comes. Absence goes by event time: it is noticed when the
 * watermark has passed the rule's patience, and events count in the order of their times.
 *
 * <p>State: where the rule stands with the series, and one timer for what is due next; an event of
 * an absence rule waits behind a timer until the watermark has reached it.
 */
final class WatchEvents extends KeyedProcessFunction<String, WatchedEvent, Alert> {

  private final Map<String, EventRule> rules = new HashMap<>();
  private final MatchRuleEvaluator matching;
  private final AbsenceRuleEvaluator absence;

  private transient ValueState<EventAlertState> state;
  private transient DueTimer due;
  private transient MapState<Long, Boolean> ahead;

  WatchEvents(List<EventRule> rules, ZoneId zone) {
    rules.forEach(rule -> this.rules.put(rule.name(), rule));
    this.matching = new MatchRuleEvaluator(zone);
    this.absence = new AbsenceRuleEvaluator(zone);
  }

  @Override
  public void open(OpenContext context) {
    state =
        getRuntimeContext()
            .getState(
                new ValueStateDescriptor<>("state", TypeInformation.of(EventAlertState.class)));
    due = new DueTimer(getRuntimeContext());
    ahead =
        getRuntimeContext()
            .getMapState(new MapStateDescriptor<>("ahead", Types.LONG, Types.BOOLEAN));
  }

  @Override
  public void processElement(WatchedEvent element, Context context, Collector<Alert> out)
      throws Exception {
    EventRule rule = rules.get(element.rule());
    if (!rule.watchesAbsence()) {
      keep(
          rule,
          matching.onMatch(rule, state.value(), element.event(), out::collect),
          context.timerService());
      return;
    }
    long time = element.event().time().toEpochMilli();
    if (time > context.timerService().currentWatermark()) {
      ahead.put(time, true);
      context.timerService().registerEventTimeTimer(time);
    } else {
      present(rule, element.series(), time, context.timerService(), out);
    }
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<Alert> out)
      throws Exception {
    String series = WatchedEvent.seriesOf(context.getCurrentKey());
    EventRule rule = rules.get(WatchedEvent.ruleOf(context.getCurrentKey()));
    if (rule == null) {
      forget(timestamp, out);
      return;
    }
    if (ahead.contains(timestamp)) {
      ahead.remove(timestamp);
      present(rule, series, timestamp, context.timerService(), out);
    }
    EventAlertState before = state.value();
    if (due.isDue(timestamp) && before != null) {
      EventAlertState now =
          rule.watchesAbsence()
              ? absence.onTime(rule, before, series, timestamp, out::collect)
              : matching.onTime(rule, before, timestamp, out::collect);
      keep(rule, now, context.timerService());
    }
  }

  /** One that comes late says nothing if the series has been absent again ever since. */
  private void present(
      EventRule rule, String series, long time, TimerService timers, Collector<Alert> out)
      throws Exception {
    EventAlertState before = state.value();
    boolean stillAbsent = time + rule.absentAfter().toMillis() <= timers.currentWatermark();
    if (before == null || (time > before.last() && !(before.isFiring() && stillAbsent))) {
      keep(rule, absence.onEvent(rule, before, series, time, out::collect), timers);
    }
  }

  private void keep(EventRule rule, EventAlertState now, TimerService timers) throws Exception {
    if (now == null) {
      state.clear();
      due.clear();
      return;
    }
    state.update(now);
    due.atLatest(
        rule.watchesAbsence() ? absence.nextCheck(rule, now) : matching.nextCheck(now), timers);
  }

  private void forget(long now, Collector<Alert> out) throws Exception {
    EventAlertState last = state.value();
    if (last != null && last.isFiring()) {
      out.collect(Endings.ruleRemoved(last.firing(), Instant.ofEpochMilli(now)));
    }
    due.clear();
    state.clear();
    ahead.clear();
  }
}
