package io.tidewatch.rules.stream;

import io.tidewatch.alert.Alert;
import io.tidewatch.metric.MetricWindow;
import io.tidewatch.metrics.TimeWindow;
import io.tidewatch.metrics.WindowCalendar;
import io.tidewatch.metrics.WindowSize;
import io.tidewatch.rules.Endings;
import io.tidewatch.rules.MetricAlertState;
import io.tidewatch.rules.MetricRule;
import io.tidewatch.rules.MetricRuleEvaluator;
import io.tidewatch.rules.WindowCondition.Absent;
import io.tidewatch.time.DueTimer;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
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
 * The alerts of metric rules, keyed by metric, window and series.
 *
 * <p>A closed window is judged once, by its first final row, when the watermark has passed its end:
 * windows of a series come from several subtasks and are judged in the order of their ends. Later
 * rows of a window, and windows that end before one already judged, change nothing.
 *
 * <p>State: closed windows ahead of the watermark, what each rule made of the series, the values
 * that rules compare with for as long as they do, and one timer for what is due next. All of it is
 * cleared when the series has been silent for as long as any of its rules remembers.
 */
final class WatchWindows extends KeyedProcessFunction<String, MetricWindow, Alert> {

  /** How long the absence of windows is watched, or taken for zero. */
  private static final Duration GIVEN_UP_AFTER = Duration.ofDays(7);

  private static final Duration HISTORY_TIDIED_EVERY = Duration.ofDays(1);

  private final WatchedWindows watched;
  private final Map<String, MetricRule> rules = new HashMap<>();
  private final MetricRuleEvaluator evaluator;
  private final ZoneId zone;

  private transient WindowCalendar calendar;
  private transient ValueState<SeriesProgress> progress;
  private transient MapState<Long, MetricWindow> ahead;
  private transient MapState<String, MetricAlertState> alerts;
  private transient PastValues history;
  private transient DueTimer due;

  WatchWindows(List<MetricRule> rules, ZoneId zone) {
    this.watched = new WatchedWindows(rules);
    rules.forEach(rule -> this.rules.put(rule.name(), rule));
    this.evaluator = new MetricRuleEvaluator(zone);
    this.zone = zone;
  }

  @Override
  public void open(OpenContext context) {
    calendar = new WindowCalendar(zone);
    progress =
        getRuntimeContext()
            .getState(
                new ValueStateDescriptor<>("progress", TypeInformation.of(SeriesProgress.class)));
    ahead =
        getRuntimeContext()
            .getMapState(
                new MapStateDescriptor<>(
                    "ahead", Types.LONG, TypeInformation.of(MetricWindow.class)));
    alerts =
        getRuntimeContext()
            .getMapState(
                new MapStateDescriptor<>(
                    "alerts", Types.STRING, TypeInformation.of(MetricAlertState.class)));
    history = new PastValues(getRuntimeContext());
    due = new DueTimer(getRuntimeContext());
  }

  @Override
  public void processElement(MetricWindow window, Context context, Collector<Alert> out)
      throws Exception {
    TimerService timers = context.timerService();
    long end = window.windowEnd().toEpochMilli();
    SeriesProgress now = progress.value();
    if (!window.isFinal()) {
      judgeOpen(window, timers, out);
    } else if (end - 1 > timers.currentWatermark()) {
      if (!ahead.contains(end)) {
        ahead.put(end, window);
        timers.registerEventTimeTimer(end - 1);
      }
    } else if (now == null || end > now.judgedUntil()) {
      judge(window, timers, out);
    }
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<Alert> out)
      throws Exception {
    TimerService timers = context.timerService();
    MetricWindow closed = ahead.get(timestamp + 1);
    if (closed != null) {
      ahead.remove(timestamp + 1);
      judge(closed, timers, out);
    }
    if (due.isDue(timestamp) && progress.value() != null) {
      lookAfter(timestamp, timers, out);
    }
  }

  private void judgeOpen(MetricWindow window, TimerService timers, Collector<Alert> out)
      throws Exception {
    for (MetricRule rule : watched.rulesFor(window)) {
      if (rule.early()) {
        keep(rule, evaluator.onOpenWindow(rule, alerts.get(rule.name()), window, out::collect));
      }
    }
    if (progress.value() == null) {
      progress.update(SeriesProgress.opened(window));
    }
    due.atLatest(endOf(window) + silence(window), timers);
  }

  private void judge(MetricWindow window, TimerService timers, Collector<Alert> out)
      throws Exception {
    Duration memory = Duration.ZERO;
    long end = endOf(window);
    for (MetricRule rule : watched.rulesFor(window)) {
      judge(rule, window, out);
      memory = max(memory, rule.condition().memory());
      due.atLatest(end + patience(rule, window), timers);
    }
    if (!memory.isZero()) {
      history.put(end, window.value());
      due.atLatest(end + HISTORY_TIDIED_EVERY.toMillis(), timers);
    }
    progress.update(SeriesProgress.judged(window));
  }

  /** When, after a window, the rule wants to be asked although no window has come. */
  private long patience(MetricRule rule, MetricWindow window) {
    if (rule.missingIsZero()) {
      return endOf(windowAfter(window)) - endOf(window) - 1;
    }
    return rule.condition() instanceof Absent absent ? absent.after().toMillis() : silence(window);
  }

  /** Does what is due although no window has come. */
  private void lookAfter(long time, TimerService timers, Collector<Alert> out) throws Exception {
    SeriesProgress now = assumeZero(progress.value(), time, out);
    List<MetricRule> watching = watched.rulesFor(now.last());
    noticeAbsence(watching, now, time, out);
    endSilentAlerts(now, time, out);
    Duration memory =
        watching.stream()
            .map(rule -> rule.condition().memory())
            .reduce(Duration.ZERO, WatchWindows::max);
    if (time >= now.lastReal() + retention(watching, now.last(), memory)) {
      giveUp(time, out);
      return;
    }
    history.forgetBefore(time - memory.toMillis());
    progress.update(now);
    due.atLatest(nextLook(watching, now, time, memory), timers);
  }

  private SeriesProgress assumeZero(SeriesProgress before, long time, Collector<Alert> out)
      throws Exception {
    List<MetricRule> assuming =
        watched.rulesFor(before.last()).stream().filter(MetricRule::missingIsZero).toList();
    SeriesProgress now = before;
    for (MetricWindow missing = windowAfter(now.last());
        !assuming.isEmpty() && endOf(missing) - 1 <= time;
        missing = windowAfter(missing)) {
      for (MetricRule rule : assuming) {
        judge(rule, missing, out);
      }
      now = now.assumed(missing);
    }
    return now;
  }

  private void noticeAbsence(
      List<MetricRule> watching, SeriesProgress now, long time, Collector<Alert> out)
      throws Exception {
    for (MetricRule rule : watching) {
      if (rule.condition() instanceof Absent absent
          && !alerts.contains(rule.name())
          && time >= now.lastReal() + absent.after().toMillis()) {
        Instant since = Instant.ofEpochMilli(now.lastReal()).plus(absent.after());
        keep(rule, evaluator.onAbsence(rule, now.last(), since, out::collect));
      }
    }
  }

  private void endSilentAlerts(SeriesProgress now, long time, Collector<Alert> out)
      throws Exception {
    List<Map.Entry<String, MetricAlertState>> known = new ArrayList<>();
    alerts.entries().forEach(known::add);
    for (Map.Entry<String, MetricAlertState> entry : known) {
      MetricRule rule = rules.get(entry.getKey());
      MetricAlertState state = entry.getValue();
      if (rule == null) {
        end(entry.getKey(), state, time, Endings::ruleRemoved, out);
      } else if (!(rule.condition() instanceof Absent)
          && time >= state.lastJudged() + silence(now.last())) {
        end(entry.getKey(), state, time, Endings::noData, out);
      }
    }
  }

  private void giveUp(long time, Collector<Alert> out) throws Exception {
    for (Map.Entry<String, MetricAlertState> entry : alerts.entries()) {
      if (entry.getValue().isFiring()) {
        out.collect(Endings.noData(entry.getValue().firing(), Instant.ofEpochMilli(time)));
      }
    }
    alerts.clear();
    history.clear();
    progress.clear();
  }

  private long nextLook(List<MetricRule> watching, SeriesProgress now, long time, Duration memory)
      throws Exception {
    long next = now.lastReal() + retention(watching, now.last(), memory);
    if (!memory.isZero()) {
      next = Math.min(next, time + HISTORY_TIDIED_EVERY.toMillis());
    }
    for (MetricRule rule : watching) {
      if (rule.missingIsZero()) {
        next = Math.min(next, endOf(windowAfter(now.last())) - 1);
      }
      if (rule.condition() instanceof Absent absent && !alerts.contains(rule.name())) {
        next = Math.min(next, now.lastReal() + absent.after().toMillis());
      }
    }
    for (Map.Entry<String, MetricAlertState> entry : alerts.entries()) {
      MetricRule rule = rules.get(entry.getKey());
      if (rule == null || !(rule.condition() instanceof Absent)) {
        next = Math.min(next, entry.getValue().lastJudged() + silence(now.last()));
      }
    }
    return next;
  }

  /** How long a silent series is remembered, milliseconds. */
  private static long retention(List<MetricRule> watching, MetricWindow last, Duration memory) {
    boolean watchesSilence =
        watching.stream()
            .anyMatch(rule -> rule.missingIsZero() || rule.condition() instanceof Absent);
    Duration longest = max(memory, MetricRuleEvaluator.silence(last));
    return (watchesSilence ? longest.plus(GIVEN_UP_AFTER) : longest).toMillis();
  }

  private void judge(MetricRule rule, MetricWindow window, Collector<Alert> out) throws Exception {
    keep(rule, evaluator.onWindow(rule, alerts.get(rule.name()), window, history, out::collect));
  }

  private void keep(MetricRule rule, MetricAlertState state) throws Exception {
    if (state != null) {
      alerts.put(rule.name(), state);
    } else if (alerts.contains(rule.name())) {
      alerts.remove(rule.name());
    }
  }

  private void end(
      String rule,
      MetricAlertState state,
      long time,
      BiFunction<Alert, Instant, Alert> ending,
      Collector<Alert> out)
      throws Exception {
    if (state.isFiring()) {
      out.collect(ending.apply(state.firing(), Instant.ofEpochMilli(time)));
    }
    alerts.remove(rule);
  }

  /** The window that follows, without events. */
  private MetricWindow windowAfter(MetricWindow window) {
    long end = endOf(window);
    TimeWindow next =
        WindowSize.of(window.window())
            .map(size -> calendar.window(size, end))
            .orElseGet(() -> calendar.rollingUntil(daysOf(window), end));
    return new MetricWindow(
        window.metric(),
        window.window(),
        window.series(),
        Instant.ofEpochMilli(next.startMillis()),
        Instant.ofEpochMilli(next.endMillis()),
        window.dims(),
        0,
        null,
        0,
        true,
        0);
  }

  private static int daysOf(MetricWindow window) {
    return Integer.parseInt(window.window().substring(0, window.window().length() - 1));
  }

  private static long endOf(MetricWindow window) {
    return window.windowEnd().toEpochMilli();
  }

  private static long silence(MetricWindow window) {
    return MetricRuleEvaluator.silence(window).toMillis();
  }

  private static Duration max(Duration one, Duration other) {
    return one.compareTo(other) > 0 ? one : other;
  }
}
