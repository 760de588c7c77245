package io.tidewatch.rules.stream;

import io.tidewatch.alert.Alert;
import io.tidewatch.alert.Endings;
import io.tidewatch.metric.MetricWindow;
import io.tidewatch.rules.MetricAlertState;
import io.tidewatch.rules.MetricRule;
import io.tidewatch.rules.RuleBook;
import io.tidewatch.rules.RuleMessage;
import io.tidewatch.rules.SeriesWatch;
import io.tidewatch.time.DueTimer;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.TimerService;
import org.apache.flink.streaming.api.functions.co.KeyedBroadcastProcessFunction;
import org.apache.flink.util.Collector;

/**
 * The alerts of metric rules, keyed by metric, window and series.
 *
 * <p>A closed window is judged once, by its first final row, when the watermark has passed its end:
 * windows of a series come from several subtasks and are judged in the order of their ends. Later
 * rows of a window, and windows that end before one already judged, change nothing.
 *
 * <p>The second input brings changes of rules, which count from the next judgement on. Alerts of a
 * rule that is gone, or that watches something else, end at once; the time is that of the change,
 * for event time may be anywhere.
 *
 * <p>State: closed windows ahead of the watermark, what {@link SeriesWatch} remembers of the
 * series, and one timer for what is due next. All of it is cleared when the series has been silent
 * for as long as any of its rules remembers. Applied rules are in broadcast state.
 */
final class WatchWindows
    extends KeyedBroadcastProcessFunction<String, MetricWindow, RuleMessage, Alert> {

  private final LiveRules<MetricRule, WatchedWindows> rules;
  private final ZoneId zone;

  private transient SeriesWatch watch;
  private transient SeriesState series;
  private transient MapState<Long, MetricWindow> ahead;
  private transient DueTimer due;

  /**
   * The event time at which a rule changed. A window that was over before is not judged by it, even
   * if it comes again, corrected; only after a restore nobody remembers that.
   */
  private transient Map<String, Long> changedAt;

  WatchWindows(RuleBook book, ZoneId zone) {
    this.rules = new LiveRules<>(book, MetricRule.class, WatchedWindows::new);
    this.zone = zone;
  }

  @Override
  public void open(OpenContext context) {
    watch = new SeriesWatch(zone);
    series = new SeriesState(getRuntimeContext());
    ahead =
        getRuntimeContext()
            .getMapState(
                new MapStateDescriptor<>(
                    "ahead", Types.LONG, TypeInformation.of(MetricWindow.class)));
    due = new DueTimer(getRuntimeContext());
    changedAt = new HashMap<>();
  }

  @Override
  public void processBroadcastElement(RuleMessage change, Context context, Collector<Alert> out)
      throws Exception {
    LiveRules.Change<MetricRule> taken =
        rules.take(change, context.getBroadcastState(LiveRules.APPLIED));
    changedAt.put(change.name(), context.currentWatermark());
    MetricRule before = taken.before();
    MetricRule after = taken.after();
    if (before != null && (after == null || !after.continues(before))) {
      context.applyToKeyedState(
          SeriesState.ALERTS, (key, alerts) -> end(before.name(), change.time(), alerts, out));
    }
    if (after != null && after.watchesAbsence()) {
      noticeAbsence(after, context, out);
    }
  }

  /**
   * Has the rule look at the series that it watches. What stays away already is absent now; no
   * timer can be set here, so what is absent later is noticed when the series is looked at next.
   */
  private void noticeAbsence(MetricRule rule, Context context, Collector<Alert> out)
      throws Exception {
    long now = context.currentWatermark();
    if (now == Long.MIN_VALUE) {
      return;
    }
    WatchedWindows inForce = rules.arranged(context.getBroadcastState(LiveRules.APPLIED));
    context.applyToKeyedState(
        SeriesState.PROGRESS,
        (key, progress) -> {
          List<MetricRule> watching = inForce.rulesFor(progress.value().last());
          if (watching.contains(rule)) {
            watch.onTime(watching, now, series, out::collect);
          }
        });
  }

  private static void end(
      String rule, Instant time, MapState<String, MetricAlertState> alerts, Collector<Alert> out)
      throws Exception {
    MetricAlertState state = alerts.get(rule);
    if (state != null) {
      alerts.remove(rule);
      for (Alert alert : state.allFiring()) {
        out.collect(Endings.ruleRemovedAt(alert, time));
      }
    }
  }

  @Override
  public void processElement(MetricWindow window, ReadOnlyContext context, Collector<Alert> out)
      throws Exception {
    TimerService timers = context.timerService();
    long end = window.windowEnd().toEpochMilli();
    if (!window.isFinal()) {
      lookAt(watch.onOpenWindow(watching(window, context), window, series, out::collect), timers);
    } else if (end - 1 <= timers.currentWatermark()) {
      judge(window, context, out);
    } else if (!ahead.contains(end)) {
      ahead.put(end, window);
      timers.registerEventTimeTimer(end - 1);
    }
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<Alert> out)
      throws Exception {
    TimerService timers = context.timerService();
    MetricWindow closed = ahead.get(timestamp + 1);
    if (closed != null) {
      ahead.remove(timestamp + 1);
      judge(closed, context, out);
    }
    if (due.isDue(timestamp) && series.progress() != null) {
      MetricWindow last = series.progress().last();
      lookAt(watch.onTime(watching(last, context), timestamp, series, out::collect), timers);
    }
  }

  private void judge(MetricWindow window, ReadOnlyContext context, Collector<Alert> out)
      throws Exception {
    List<MetricRule> watching = watching(window, context);
    if (!changedAt.isEmpty()) {
      long last = window.windowEnd().toEpochMilli() - 1;
      watching =
          watching.stream()
              .filter(rule -> changedAt.getOrDefault(rule.name(), Long.MIN_VALUE) < last)
              .toList();
    }
    lookAt(watch.onWindow(watching, window, series, out::collect), context.timerService());
  }

  private List<MetricRule> watching(MetricWindow window, ReadOnlyContext context) throws Exception {
    return rules.arranged(context.getBroadcastState(LiveRules.APPLIED)).rulesFor(window);
  }

  private void lookAt(long time, TimerService timers) throws Exception {
    if (time != SeriesWatch.NEVER) {
      due.atLatest(time, timers);
    }
  }
}
