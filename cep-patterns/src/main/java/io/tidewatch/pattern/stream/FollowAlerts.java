package io.tidewatch.pattern.stream;

import io.tidewatch.alert.Alert;
import io.tidewatch.alert.Endings;
import io.tidewatch.pattern.AlertEnding;
import io.tidewatch.pattern.Lifetime;
import io.tidewatch.time.DueTimer;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.TimerService;
import org.apache.flink.streaming.api.functions.co.KeyedCoProcessFunction;
import org.apache.flink.util.Collector;

/**
 * The life of the alerts of patterns, keyed by rule and series: of matches and of what ends them.
 *
 * <p>Both are applied in the order of event time, at the watermark, as endings are seen before
 * matches are found. A match while an alert fires is the same trouble; what ends nothing is
 * forgotten.
 *
 * <p>State: the firing alert, and what waits for the watermark; nothing when nothing fires. An
 * alert whose rule is gone is ended within {@link #RULES_LOOKED_AFTER_EVERY}, one that nothing ends
 * after its pattern's {@link Lifetime}.
 */
public final class FollowAlerts extends KeyedCoProcessFunction<String, Alert, AlertEnding, Alert> {

  static final Duration RULES_LOOKED_AFTER_EVERY = Duration.ofHours(6);

  private final Map<String, Lifetime> lifetimes;

  private transient ValueState<Alert> firing;
  private transient MapState<Long, Alert> matches;
  private transient MapState<Long, AlertEnding> endings;
  private transient DueTimer due;

  /**
   * @param lifetimes of the alerts of the rules that exist, by name
   */
  public FollowAlerts(Map<String, Lifetime> lifetimes) {
    this.lifetimes = Map.copyOf(lifetimes);
  }

  public static String keyOf(Alert alert) {
    return alert.profile().rule() + '|' + alert.series();
  }

  public static String keyOf(AlertEnding ending) {
    return ending.rule() + '|' + ending.series();
  }

  @Override
  public void open(OpenContext context) {
    TypeInformation<Alert> alert = TypeInformation.of(Alert.class);
    firing = getRuntimeContext().getState(new ValueStateDescriptor<>("firing", alert));
    matches =
        getRuntimeContext().getMapState(new MapStateDescriptor<>("matches", Types.LONG, alert));
    endings =
        getRuntimeContext()
            .getMapState(
                new MapStateDescriptor<>(
                    "endings", Types.LONG, TypeInformation.of(AlertEnding.class)));
    due = new DueTimer(getRuntimeContext());
  }

  @Override
  public void processElement1(Alert match, Context context, Collector<Alert> out) throws Exception {
    matches.put(waitFor(match.updatedAt(), context.timerService()), match);
  }

  @Override
  public void processElement2(AlertEnding ending, Context context, Collector<Alert> out)
      throws Exception {
    endings.put(waitFor(ending.time(), context.timerService()), ending);
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<Alert> out)
      throws Exception {
    AlertEnding ending = endings.get(timestamp);
    if (ending != null) {
      endings.remove(timestamp);
      end(ending, out);
    }
    Alert match = matches.get(timestamp);
    if (match != null) {
      matches.remove(timestamp);
      fire(match, timestamp, context.timerService(), out);
    }
    if (due.isDue(timestamp)) {
      endIfNothingElseWill(timestamp, context.timerService(), out);
    }
  }

  /** A window is over with the last millisecond before its end. */
  private static long waitFor(Instant time, TimerService timers) {
    long moment = time.toEpochMilli() - 1;
    timers.registerEventTimeTimer(moment);
    return moment;
  }

  private void fire(Alert match, long now, TimerService timers, Collector<Alert> out)
      throws Exception {
    Alert alert = firing.value();
    if (alert == null) {
      firing.update(match);
      out.collect(match);
      lookAfter(match, now, timers);
    } else if (lifetimes.getOrDefault(alert.profile().rule(), Lifetime.UNLIMITED).renewed()) {
      firing.update(alert.asOf(match.updatedAt()));
    }
  }

  private void end(AlertEnding ending, Collector<Alert> out) throws Exception {
    Alert alert = firing.value();
    if (alert != null) {
      out.collect(
          ending.summary().isEmpty()
              ? Endings.noData(alert, ending.time())
              : alert.resolved(
                  ending.resolution(), ending.time(), ending.time(), ending.summary()));
      firing.clear();
      due.clear();
    }
  }

  private void endIfNothingElseWill(long now, TimerService timers, Collector<Alert> out)
      throws Exception {
    Alert alert = firing.value();
    Instant time = Instant.ofEpochMilli(now);
    Lifetime lifetime = lifetimes.get(alert.profile().rule());
    if (lifetime == null) {
      out.collect(Endings.ruleRemoved(alert, time));
      firing.clear();
    } else if (left(lifetime, alert, now) <= 0) {
      out.collect(lifetime.end(alert, time));
      firing.clear();
    } else {
      lookAfter(alert, now, timers);
    }
  }

  private void lookAfter(Alert alert, long now, TimerService timers) throws Exception {
    Lifetime lifetime = lifetimes.getOrDefault(alert.profile().rule(), Lifetime.UNLIMITED);
    long left = left(lifetime, alert, now);
    due.atLatest(now + Math.min(left, RULES_LOOKED_AFTER_EVERY.toMillis()), timers);
  }

  /** Of its life, in milliseconds. */
  private static long left(Lifetime lifetime, Alert alert, long now) {
    return lifetime.length().toMillis() - (now - alert.updatedAt().toEpochMilli());
  }
}
