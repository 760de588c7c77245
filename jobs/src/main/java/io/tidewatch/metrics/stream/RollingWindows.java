package io.tidewatch.metrics.stream;

import io.tidewatch.metric.MetricWindow;
import io.tidewatch.metrics.MetricAccumulator;
import io.tidewatch.metrics.MetricCatalogue;
import io.tidewatch.metrics.MetricDefinition;
import io.tidewatch.metrics.SeriesKey;
import io.tidewatch.metrics.TimeWindow;
import io.tidewatch.metrics.WindowCalendar;
import java.time.Duration;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple3;
import org.apache.flink.util.Collector;

/**
 * Rolling windows of one metric and grouping, keyed by {@link PartialAggregate#paneKey()}.
 *
 * <p>Events are kept once per local day, as panes; at each local midnight the panes of the last N
 * days are merged into the window of N days that ends there. Events that come after a midnight and
 * still count write its rows anew. Events that were too late for some windows of their day have a
 * pane of their own, which only windows that end later merge.
 *
 * <p>State: an accumulator per day and series, for one day longer than the longest window, and the
 * definition's hash; a timer at each midnight clears what no window needs any more.
 */
public final class RollingWindows extends MetricWindows {

  private final ZoneId zone;
  private final Duration allowedLateness;

  private transient WindowCalendar calendar;
  private transient ValueState<String> definition;

  /** By start of the day, end of the first window that counts the pane, and series. */
  private transient MapState<Tuple3<Long, Long, String>, MetricAccumulator> panes;

  private transient MapState<Long, Integer> seriesOfDay;

  public RollingWindows(MetricCatalogue catalogue, ZoneId zone, Duration allowedLateness) {
    super(catalogue);
    this.zone = zone;
    this.allowedLateness = allowedLateness;
  }

  @Override
  public void open(OpenContext context) {
    calendar = new WindowCalendar(zone);
    definition =
        getRuntimeContext().getState(new ValueStateDescriptor<>("definition", Types.STRING));
    panes =
        getRuntimeContext()
            .getMapState(
                new MapStateDescriptor<>(
                    "panes",
                    Types.TUPLE(Types.LONG, Types.LONG, Types.STRING),
                    MetricAccumulatorSerializer.TYPE));
    seriesOfDay =
        getRuntimeContext()
            .getMapState(new MapStateDescriptor<>("series-of-day", Types.LONG, Types.INT));
  }

  @Override
  public void processElement(PartialAggregate partial, Context context, Collector<MetricWindow> out)
      throws Exception {
    definitions().progressTo(partial.latest());
    Optional<MetricDefinition> metric = definitions().of(partial.definition());
    if (metric.isEmpty()) {
      return;
    }
    definition.update(partial.definition());
    boolean isOpen = context.timerService().currentWatermark() < partial.end() - 1;
    for (PartialAggregate.OfSeries one : partial.series()) {
      String series = seriesWithinCap(metric.get(), partial, one.series());
      Tuple3<Long, Long, String> pane = Tuple3.of(partial.start(), partial.countsFrom(), series);
      MetricAccumulator accumulator = panes.get(pane);
      if (accumulator == null) {
        accumulator = one.accumulator();
      } else {
        accumulator.merge(one.accumulator());
      }
      panes.put(pane, accumulator);
      if (!isOpen) {
        correct(metric.get(), partial, series, context, out);
      }
    }
    long end =
        isOpen
            ? partial.end()
            : calendar.day(context.timerService().currentWatermark() + 1).endMillis();
    context.timerService().registerEventTimeTimer(end - 1);
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<MetricWindow> out)
      throws Exception {
    Optional<MetricDefinition> metric = definitions().of(definition.value());
    if (metric.isEmpty()) {
      clear();
      return;
    }
    for (int days : metric.get().rollingDays()) {
      TimeWindow window = calendar.rollingUntil(days, timestamp);
      if (definitions().covers(definition.value(), window.startMillis())) {
        for (Map.Entry<String, MetricAccumulator> series :
            merged(metric.get(), window).entrySet()) {
          write(metric.get(), window, series.getKey(), series.getValue(), false, context, out);
        }
      }
    }
    int longest = metric.get().rollingDays().get(metric.get().rollingDays().size() - 1);
    forgetBefore(calendar.rollingUntil(longest, timestamp).startMillis());
    if (panes.isEmpty()) {
      clear();
    } else {
      context.timerService().registerEventTimeTimer(calendar.day(timestamp + 1).endMillis() - 1);
    }
  }

  private void clear() {
    panes.clear();
    seriesOfDay.clear();
    definition.clear();
  }

  /** The cap holds per day: what a day window of the metric says of it holds here too. */
  private String seriesWithinCap(MetricDefinition metric, PartialAggregate partial, String series)
      throws Exception {
    if (partial.grouping().isEmpty()
        || panes.contains(Tuple3.of(partial.start(), partial.end(), series))
        || panes.contains(Tuple3.of(partial.start(), partial.countsFrom(), series))) {
      return series;
    }
    Integer count = seriesOfDay.get(partial.start());
    int known = count == null ? 0 : count;
    if (known >= metric.maxSeries()) {
      return SeriesKey.overflow(List.of(partial.grouping().split(",")));
    }
    seriesOfDay.put(partial.start(), known + 1);
    return series;
  }

  /** Writes the series' rows of closed windows anew, but for those that closed to the events. */
  private void correct(
      MetricDefinition metric,
      PartialAggregate partial,
      String series,
      Context context,
      Collector<MetricWindow> out)
      throws Exception {
    long watermark = context.timerService().currentWatermark();
    for (int days : metric.rollingDays()) {
      for (TimeWindow window : calendar.rolling(days, partial.start())) {
        if (window.endMillis() >= partial.countsFrom()
            && window.endMillis() - 1 <= watermark
            && definitions().covers(partial.definition(), window.startMillis())) {
          write(metric, window, series, merged(metric, window, series), true, context, out);
        }
      }
    }
  }

  /**
   * @param again whether the series may have a row already
   */
  private void write(
      MetricDefinition metric,
      TimeWindow window,
      String series,
      MetricAccumulator accumulator,
      boolean again,
      Context context,
      Collector<MetricWindow> out) {
    Optional<MetricWindow> row = MetricRows.of(metric, window, series, accumulator, true);
    row.ifPresent(out::collect);
    if (row.isEmpty() && again && metric.formula().divides()) {
      context.output(
          MetricRows.TOMBSTONES, MetricRows.tombstone(metric, window, series, accumulator, true));
    }
    if (row.isPresent() && accumulator.currencies().size() > 1) {
      context.output(MetricFlags.TAG, MetricFlags.mixedCurrency(row.get(), accumulator));
    }
  }

  private Map<String, MetricAccumulator> merged(MetricDefinition metric, TimeWindow window)
      throws Exception {
    Map<String, MetricAccumulator> bySeries = new HashMap<>();
    for (Map.Entry<Tuple3<Long, Long, String>, MetricAccumulator> pane : panes.entries()) {
      if (window.contains(pane.getKey().f0) && pane.getKey().f1 <= window.endMillis()) {
        bySeries
            .computeIfAbsent(pane.getKey().f2, series -> MetricAccumulator.empty(metric))
            .merge(pane.getValue());
      }
    }
    return bySeries;
  }

  private MetricAccumulator merged(MetricDefinition metric, TimeWindow window, String series)
      throws Exception {
    MetricAccumulator all = MetricAccumulator.empty(metric);
    long day = window.startMillis();
    while (day < window.endMillis()) {
      long nextDay = calendar.day(day).endMillis();
      long countsFrom = nextDay;
      while (countsFrom <= window.endMillis()) {
        MetricAccumulator pane = panes.get(Tuple3.of(day, countsFrom, series));
        if (pane != null) {
          all.merge(pane);
        }
        countsFrom = calendar.day(countsFrom).endMillis();
      }
      day = nextDay;
    }
    return all;
  }

  private void forgetBefore(long windowStart) throws Exception {
    // Events of the day before the window may still correct the window that ended a day ago.
    long keepFrom = calendar.day(windowStart - 1 - allowedLateness.toMillis()).startMillis();
    Iterator<Tuple3<Long, Long, String>> keys = panes.keys().iterator();
    while (keys.hasNext()) {
      if (keys.next().f0 < keepFrom) {
        keys.remove();
      }
    }
    Iterator<Long> days = seriesOfDay.keys().iterator();
    while (days.hasNext()) {
      if (days.next() < keepFrom) {
        days.remove();
      }
    }
  }
}
