package io.tidewatch.rules.stream;

import io.tidewatch.alert.Alert;
import io.tidewatch.alert.Endings;
import io.tidewatch.rules.AbsenceRuleEvaluator;
import io.tidewatch.rules.EventAlertState;
import io.tidewatch.rules.EventRule;
import io.tidewatch.rules.MatchRuleEvaluator;
import io.tidewatch.rules.RuleBook;
import io.tidewatch.rules.RuleMessage;
import io.tidewatch.time.DueTimer;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
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
 * The alerts of event rules, keyed by {@link WatchedEvent#key()}.
 *
 * <p>An event that fires does so as it comes. Absence goes by event time: it is noticed when the
 * watermark has passed the rule's patience, and events count in the order of their times.
 *
 * <p>The second input brings changes of rules, which count from the next event on. Alerts of a rule
 * that is gone, or that watches something else, end at once, at the time of the change.
 *
 * <p>State: where the rule stands with the series, and one timer for what is due next; an event of
 * an absence rule waits behind a timer until the watermark has reached it.
 */
final class WatchEvents
    extends KeyedBroadcastProcessFunction<String, WatchedEvent, RuleMessage, Alert> {

  private static final ValueStateDescriptor<EventAlertState> STATE =
      new ValueStateDescriptor<>("state", TypeInformation.of(EventAlertState.class));

  private final LiveRules<EventRule, Map<String, EventRule>> rules;
  private final MatchRuleEvaluator matching;
  private final AbsenceRuleEvaluator absence;

  private transient ValueState<EventAlertState> state;
  private transient DueTimer due;
  private transient MapState<Long, Boolean> ahead;

  WatchEvents(RuleBook book, ZoneId zone) {
    this.rules = new LiveRules<>(book, EventRule.class, WatchEvents::byName);
    this.matching = new MatchRuleEvaluator(zone);
    this.absence = new AbsenceRuleEvaluator(zone);
  }

  @Override
  public void open(OpenContext context) {
    state = getRuntimeContext().getState(STATE);
    due = new DueTimer(getRuntimeContext());
    ahead =
        getRuntimeContext()
            .getMapState(new MapStateDescriptor<>("ahead", Types.LONG, Types.BOOLEAN));
  }

  private static Map<String, EventRule> byName(List<EventRule> rules) {
    return rules.stream().collect(Collectors.toMap(EventRule::name, rule -> rule));
  }

  @Override
  public void processBroadcastElement(RuleMessage change, Context context, Collector<Alert> out)
      throws Exception {
    LiveRules.Change<EventRule> taken =
        rules.take(change, context.getBroadcastState(LiveRules.APPLIED));
    EventRule before = taken.before();
    EventRule after = taken.after();
    if (before != null && (after == null || !after.continues(before))) {
      context.applyToKeyedState(
          STATE,
          (key, known) -> {
            if (WatchedEvent.ruleOf(key).equals(before.name())) {
              if (known.value().isFiring()) {
                out.collect(Endings.ruleRemovedAt(known.value().firing(), change.time()));
              }
              known.clear();
            }
          });
    }
  }

  @Override
  public void processElement(WatchedEvent element, ReadOnlyContext context, Collector<Alert> out)
      throws Exception {
    EventRule rule = rule(context);
    if (rule == null) {
      return;
    }
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
    EventRule rule = rule(context);
    if (rule == null) {
      forget(timestamp, out);
      return;
    }
    if (ahead.contains(timestamp)) {
      ahead.remove(timestamp);
      if (rule.watchesAbsence()) {
        present(rule, series, timestamp, context.timerService(), out);
      }
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

  /** The rule that watches the series of this key; null if none does any more. */
  private EventRule rule(ReadOnlyContext context) throws Exception {
    String key = context.getCurrentKey();
    EventRule rule =
        rules.arranged(context.getBroadcastState(LiveRules.APPLIED)).get(WatchedEvent.ruleOf(key));
    return rule != null && rule.watchesSeries(WatchedEvent.seriesOf(key)) ? rule : null;
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
