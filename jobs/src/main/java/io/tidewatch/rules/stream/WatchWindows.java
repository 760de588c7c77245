package io.tidewatch.rules.stream;

import io.tidewatch.alert.Alert;
import io.tidewatch.metric.MetricWindow;
import io.tidewatch.rules.MetricRule;
import io.tidewatch.rules.SeriesWatch;
import io.tidewatch.time.DueTimer;
import java.time.ZoneId;
import java.util.List;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
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
 * <p>State: closed windows ahead of the watermark, what {@link SeriesWatch} remembers of the
 * series, and one timer for what is due next. All of it is cleared when the series has been silent
 * for as long as any of its rules remembers.
 */
final class WatchWindows extends KeyedProcessFunction<String, MetricWindow, Alert> {

  private final WatchedWindows watched;
  private final ZoneId zone;

  private transient SeriesWatch watch;
  private transient SeriesState series;
  private transient MapState<Long, MetricWindow> ahead;
  private transient DueTimer due;

  WatchWindows(List<MetricRule> rules, ZoneId zone) {
    this.watched = new WatchedWindows(rules);
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
  }

  @Override
  public void processElement(MetricWindow window, Context context, Collector<Alert> out)
      throws Exception {
    TimerService timers = context.timerService();
    long end = window.windowEnd().toEpochMilli();
    if (!window.isFinal()) {
      lookAt(watch.onOpenWindow(watched.rulesFor(window), window, series, out::collect), timers);
    } else if (end - 1 <= timers.currentWatermark()) {
      judge(window, timers, out);
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
      judge(closed, timers, out);
    }
    if (due.isDue(timestamp) && series.progress() != null) {
      MetricWindow last = series.progress().last();
      lookAt(watch.onTime(watched.rulesFor(last), timestamp, series, out::collect), timers);
    }
  }

  private void judge(MetricWindow window, TimerService timers, Collector<Alert> out)
      throws Exception {
    lookAt(watch.onWindow(watched.rulesFor(window), window, series, out::collect), timers);
  }

  private void lookAt(long time, TimerService timers) throws Exception {
    if (time != SeriesWatch.NEVER) {
      due.atLatest(time, timers);
    }
  }
}
