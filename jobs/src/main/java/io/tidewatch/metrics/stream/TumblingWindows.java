package io.tidewatch.metrics.stream;

import io.tidewatch.metric.MetricWindow;
import io.tidewatch.metrics.MetricAccumulator;
import io.tidewatch.metrics.MetricCatalogue;
import io.tidewatch.metrics.MetricDefinition;
import io.tidewatch.metrics.SeriesKey;
import io.tidewatch.metrics.TimeWindow;
import io.tidewatch.metrics.WindowSize;
import io.tidewatch.time.KeepsOnHeap;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.TimerService;
import org.apache.flink.util.Collector;

/**
 * All series of one metric and window, keyed by {@link PartialAggregate#windowKey()}.
 *
 * <p>Writes a final row per series when the watermark reaches the window's end, or so long after it
 * as the metric takes to settle, the row anew for each batch of late events after that, and, for
 * windows of an hour or a day, provisional rows of the series that changed at each full wall-clock
 * minute. While the watermark lags by more than five minutes there are none; the first ones after
 * that come within seconds. Rows are functions of the events alone: after a failure the same rows
 * come again. Where a division by zero leaves no row of a series that may have had one, {@link
 * MetricRows#TOMBSTONES} says so.
 *
 * <p>State: an accumulator per series and one {@link Progress}; a timer after the allowed lateness
 * clears both. Between checkpoints {@link WindowContents} has them on the heap.
 */
public final class TumblingWindows extends MetricWindows implements KeepsOnHeap {

  /**
   * How much longer than the allowed lateness state is kept: a subtask of ingest may be behind, in
   * event time, the watermark seen here by no more than this.
   */
  static final Duration SLACK = Duration.ofMinutes(1);

  private static final Duration TOLERATED_LAG = Duration.ofMinutes(5);
  private static final Duration AFTER_A_LAG = Duration.ofSeconds(5);
  private static final long MINUTE = Duration.ofMinutes(1).toMillis();

  private final Duration allowedLateness;

  private transient Consumer<Object> currentKey;
  private transient WindowContents windows;

  /** When the watermark lagged the last time, wall clock, epoch milliseconds. */
  private transient long laggedAt;

  /** Keys that have had provisional rows since then; looked at for a minute. */
  private transient Set<String> caughtUp;

  /**
   * Series changed since their last row, by key, as far as the keys have come up since a restore;
   * written to state with each checkpoint, so that a restored job says no row again.
   */
  private transient Map<String, Set<String>> changed;

  private transient ValueState<List<String>> changedState;

  public TumblingWindows(MetricCatalogue catalogue, Duration allowedLateness) {
    super(catalogue);
    this.allowedLateness = allowedLateness;
  }

  /**
   * Where a window stands.
   *
   * @param series how many there are beside the total
   * @param beyondCap events whose series was beyond the cap
   * @param provisionalAt when the next provisional rows are due, wall clock, epoch milliseconds;
   *     {@link Long#MIN_VALUE} if none are
   */
  public record Progress(
      String definition,
      String window,
      long start,
      long end,
      int series,
      long beyondCap,
      boolean isFinal,
      long provisionalAt) {

    private static Progress of(PartialAggregate partial) {
      return new Progress(
          partial.definition(),
          partial.window(),
          partial.start(),
          partial.end(),
          0,
          0,
          false,
          Long.MIN_VALUE);
    }

    private boolean hasProvisionalRows() {
      return end - start >= WindowSize.SHORTEST_WITH_PROVISIONAL_ROWS.toMillis();
    }

    private TimeWindow timeWindow() {
      return new TimeWindow(window, start, end);
    }

    private Progress withSeries(int series) {
      return new Progress(
          definition, window, start, end, series, beyondCap, isFinal, provisionalAt);
    }

    private Progress withBeyondCap(long beyondCap) {
      return new Progress(
          definition, window, start, end, series, beyondCap, isFinal, provisionalAt);
    }

    private Progress closed() {
      return new Progress(definition, window, start, end, series, beyondCap, true, provisionalAt);
    }

    private Progress withProvisionalAt(long provisionalAt) {
      return new Progress(
          definition, window, start, end, series, beyondCap, isFinal, provisionalAt);
    }
  }

  @Override
  public void bindTo(Consumer<Object> currentKey) {
    this.currentKey = currentKey;
  }

  @Override
  public void open(OpenContext context) {
    windows =
        new WindowContents(
            getRuntimeContext()
                .getState(new ValueStateDescriptor<>("progress", Types.POJO(Progress.class))),
            getRuntimeContext()
                .getMapState(
                    new MapStateDescriptor<>(
                        "accumulators", Types.STRING, MetricAccumulatorSerializer.TYPE)));
    changed = new HashMap<>();
    changedState =
        getRuntimeContext()
            .getState(new ValueStateDescriptor<>("changed", Types.LIST(Types.STRING)));
    caughtUp = new HashSet<>();
  }

  @Override
  public void writeBack() throws Exception {
    windows.writeBack(currentKey);
    for (Map.Entry<String, Set<String>> ofKey : changed.entrySet()) {
      currentKey.accept(ofKey.getKey());
      changedState.update(List.copyOf(ofKey.getValue()));
    }
  }

  @Override
  public void processElement(PartialAggregate partial, Context context, Collector<MetricWindow> out)
      throws Exception {
    definitions().progressTo(partial.latest());
    Optional<MetricDefinition> metric = definitions().of(partial.definition());
    if (metric.isEmpty() || !definitions().covers(partial.definition(), partial.start())) {
      return;
    }
    add(metric.get(), partial, context, out);
    if (windows.isFull()) {
      writeBack();
    }
  }

  private void add(
      MetricDefinition metric,
      PartialAggregate partial,
      Context context,
      Collector<MetricWindow> out)
      throws Exception {
    WindowContents.Window window = windows.of(context.getCurrentKey());
    Progress now = window.progress();
    if (now == null) {
      now = opened(metric, partial, context.timerService());
    }
    long beyondCapBefore = now.beyondCap();
    boolean hasProvisionalRows = !now.isFinal() && now.hasProvisionalRows();
    for (PartialAggregate.OfSeries one : partial.series()) {
      String series = one.series();
      MetricAccumulator accumulator = window.get(series);
      if (accumulator == null && !partial.grouping().isEmpty()) {
        if (now.series() >= metric.maxSeries()) {
          now = now.withBeyondCap(now.beyondCap() + one.accumulator().samples());
          series = overflow(partial.grouping());
          accumulator = window.get(series);
        } else {
          now = now.withSeries(now.series() + 1);
        }
      }
      if (accumulator == null) {
        accumulator = one.accumulator();
      } else {
        accumulator.merge(one.accumulator());
      }
      window.put(series, accumulator);
      if (now.isFinal()) {
        write(metric, now, series, accumulator, true, context, out);
      } else if (hasProvisionalRows) {
        noteChange(context.getCurrentKey(), series, now);
      }
    }
    if (now.isFinal() && now.beyondCap() > beyondCapBefore) {
      writeCapped(metric, now, out);
    }
    if (hasProvisionalRows) {
      now = scheduleProvisionalRows(context.getCurrentKey(), now, context.timerService());
    }
    window.progress(now);
  }

  private Progress opened(MetricDefinition metric, PartialAggregate partial, TimerService timers) {
    Progress opened = Progress.of(partial);
    timers.registerEventTimeTimer(clearAt(opened, metric.settlesAfter()));
    long closeAt = opened.end() - 1 + metric.settlesAfter().toMillis();
    if (timers.currentWatermark() >= closeAt) {
      return opened.closed();
    }
    timers.registerEventTimeTimer(closeAt);
    return opened;
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<MetricWindow> out)
      throws Exception {
    WindowContents.Window window = windows.of(context.getCurrentKey());
    Progress now = window.progress();
    if (now == null) {
      return;
    }
    boolean whole = definitions().covers(now.definition(), now.start());
    Optional<MetricDefinition> metric =
        definitions().of(now.definition()).filter(definition -> whole);
    switch (context.timeDomain()) {
      case PROCESSING_TIME -> {
        if (timestamp == now.provisionalAt()) {
          now = now.withProvisionalAt(Long.MIN_VALUE);
          if (metric.isPresent() && !now.isFinal()) {
            now = writeProvisional(metric.get(), window, now, context, out);
          } else {
            forgetChanges(context.getCurrentKey());
          }
          window.progress(now);
        }
      }
      case EVENT_TIME -> {
        Duration settlesAfter = metric.map(MetricDefinition::settlesAfter).orElse(Duration.ZERO);
        if (timestamp >= clearAt(now, settlesAfter)) {
          clear(now, context);
        } else if (!now.isFinal()) {
          now = now.closed();
          window.progress(now);
          if (now.provisionalAt() != Long.MIN_VALUE) {
            forgetChanges(context.getCurrentKey());
          }
          if (metric.isPresent()) {
            writeAll(metric.get(), window, now, now.hasProvisionalRows(), context, out);
          }
        } else {
          // corrected for longer than when the window opened
          context.timerService().registerEventTimeTimer(clearAt(now, settlesAfter));
        }
      }
    }
  }

  private static String overflow(String grouping) {
    return SeriesKey.overflow(List.of(grouping.split(",")));
  }

  private void noteChange(String key, String series, Progress now) throws Exception {
    Set<String> ofKey = changes(key, now.provisionalAt() != Long.MIN_VALUE);
    if (ofKey != null) {
      ofKey.add(series);
    }
  }

  /**
   * The series of the key, which must be the current one, that have changed.
   *
   * @param areDue whether there are any yet
   * @return null if they were due in a snapshot that does not tell which: any may have changed
   */
  private Set<String> changes(String key, boolean areDue) throws Exception {
    Set<String> ofKey = changed.get(key);
    if (ofKey != null) {
      return ofKey;
    }
    List<String> written = areDue ? changedState.value() : List.of();
    if (written == null) {
      return null;
    }
    ofKey = new HashSet<>(written);
    changed.put(key, ofKey);
    return ofKey;
  }

  private void forgetChanges(String key) {
    changed.remove(key);
    changedState.clear();
  }

  private Progress scheduleProvisionalRows(String key, Progress now, TimerService timers) {
    if (now.provisionalAt() != Long.MIN_VALUE) {
      return now;
    }
    long wallClock = timers.currentProcessingTime();
    boolean hasJustCaughtUp = wallClock < laggedAt + MINUTE && !caughtUp.contains(key);
    long due =
        lags(timers) || hasJustCaughtUp
            ? wallClock + AFTER_A_LAG.toMillis()
            : (wallClock / MINUTE + 1) * MINUTE;
    timers.registerProcessingTimeTimer(due);
    return now.withProvisionalAt(due);
  }

  private boolean lags(TimerService timers) {
    long wallClock = timers.currentProcessingTime();
    boolean lags = timers.currentWatermark() < wallClock - TOLERATED_LAG.toMillis();
    if (lags) {
      laggedAt = wallClock;
    }
    if (lags || wallClock >= laggedAt + MINUTE) {
      caughtUp.clear();
    }
    return lags;
  }

  private Progress writeProvisional(
      MetricDefinition metric,
      WindowContents.Window window,
      Progress now,
      Context context,
      Collector<MetricWindow> out)
      throws Exception {
    if (lags(context.timerService())) {
      return scheduleProvisionalRows(context.getCurrentKey(), now, context.timerService());
    }
    caughtUp.add(context.getCurrentKey());
    Set<String> series = changes(context.getCurrentKey(), true);
    forgetChanges(context.getCurrentKey());
    if (series == null) {
      writeAll(metric, window, now, true, context, out);
    } else {
      for (String one : series) {
        write(metric, now, one, window.get(one), true, context, out);
      }
      if (series.stream().anyMatch(SeriesKey::isOverflow)) {
        writeCapped(metric, now, out);
      }
    }
    return now;
  }

  private static void writeAll(
      MetricDefinition metric,
      WindowContents.Window window,
      Progress now,
      boolean again,
      Context context,
      Collector<MetricWindow> out)
      throws Exception {
    window.forEach(
        (series, accumulator) -> write(metric, now, series, accumulator, again, context, out));
    writeCapped(metric, now, out);
  }

  /**
   * @param again whether the series may have a row already
   */
  private static void write(
      MetricDefinition metric,
      Progress now,
      String series,
      MetricAccumulator accumulator,
      boolean again,
      Context context,
      Collector<MetricWindow> out) {
    Optional<MetricWindow> row =
        MetricRows.of(metric, now.timeWindow(), series, accumulator, now.isFinal());
    row.ifPresent(out::collect);
    if (row.isEmpty() && again && metric.formula().divides()) {
      context.output(
          MetricRows.TOMBSTONES,
          MetricRows.tombstone(metric, now.timeWindow(), series, accumulator, now.isFinal()));
    }
    if (row.isPresent() && now.isFinal() && accumulator.currencies().size() > 1) {
      context.output(MetricFlags.TAG, MetricFlags.mixedCurrency(row.get(), accumulator));
    }
  }

  private static void writeCapped(
      MetricDefinition metric, Progress now, Collector<MetricWindow> out) {
    if (now.beyondCap() > 0) {
      out.collect(MetricRows.capped(metric, now.timeWindow(), now.beyondCap(), now.isFinal()));
    }
  }

  private void clear(Progress now, OnTimerContext context) {
    if (now.provisionalAt() != Long.MIN_VALUE) {
      context.timerService().deleteProcessingTimeTimer(now.provisionalAt());
      forgetChanges(context.getCurrentKey());
    }
    windows.clear(context.getCurrentKey());
  }

  private long clearAt(Progress now, Duration settlesAfter) {
    long corrected = Math.max(allowedLateness.toMillis(), settlesAfter.toMillis());
    return now.end() + corrected + SLACK.toMillis();
  }
}
