package io.tidewatch.rules.stream;

import io.tidewatch.alert.Alert;
import io.tidewatch.alert.AlertStatus;
import io.tidewatch.alert.Contributor;
import io.tidewatch.alert.Evidence;
import io.tidewatch.alert.Figures;
import io.tidewatch.rules.Contributions;
import io.tidewatch.rules.WindowParts;
import io.tidewatch.time.DueTimer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.TimerService;
import org.apache.flink.streaming.api.functions.co.KeyedCoProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Has alerts name the series that made most of the change, keyed by metric and window size.
 *
 * <p>An alert waits until the watermark has passed the window that made it: all parts of the window
 * have come by then, in whatever order the two inputs came. It is compared with an earlier window:
 * where the rule knows what is usual, the one nearest to that; else the last before the first
 * breach, of at most 24. An alert of a window that is still open waits for the next watermark,
 * which follows the rows that made it, and names the largest parts of what has come so far. One of
 * windows that do not come names those of the last that came.
 *
 * <p>State: the parts of the last 24 windows with their ends, and of open ones, until there was
 * none for 31 days; alerts that wait, until their timer; and what firing alerts named, until they
 * are resolved, for their last row to name it too.
 */
final class NameContributors extends KeyedCoProcessFunction<String, Alert, WindowParts, Alert> {

  private static final int WINDOWS_KEPT = 24;
  private static final Duration KEPT_FOR = Duration.ofDays(31);

  private final PartedMetrics metrics;

  private transient MapState<Long, WindowParts> windows;

  /** Of the windows kept, sorted: to look through the windows is to pass all that were removed. */
  private transient ValueState<long[]> ends;

  private transient MapState<Long, WindowParts> openWindows;
  private transient MapState<Long, List<Alert>> waiting;
  private transient MapState<String, List<Contributor>> named;
  private transient DueTimer due;

  NameContributors(PartedMetrics metrics) {
    this.metrics = metrics;
  }

  static String keyOf(Alert alert) {
    Evidence last = lastOf(alert);
    return PartedMetrics.key(last.name(), last.id());
  }

  @Override
  public void open(OpenContext context) {
    windows =
        getRuntimeContext()
            .getMapState(
                new MapStateDescriptor<>(
                    "windows", Types.LONG, TypeInformation.of(WindowParts.class)));
    ends =
        getRuntimeContext()
            .getState(
                new ValueStateDescriptor<>(
                    "ends", PrimitiveArrayTypeInfo.LONG_PRIMITIVE_ARRAY_TYPE_INFO));
    openWindows =
        getRuntimeContext()
            .getMapState(
                new MapStateDescriptor<>(
                    "open-windows", Types.LONG, TypeInformation.of(WindowParts.class)));
    due = new DueTimer(getRuntimeContext());
    waiting =
        getRuntimeContext()
            .getMapState(
                new MapStateDescriptor<>(
                    "waiting", Types.LONG, Types.LIST(TypeInformation.of(Alert.class))));
    named =
        getRuntimeContext()
            .getMapState(
                new MapStateDescriptor<>(
                    "named", Types.STRING, Types.LIST(TypeInformation.of(Contributor.class))));
  }

  @Override
  public void processElement1(Alert alert, Context context, Collector<Alert> out) throws Exception {
    Evidence last = lastOf(alert);
    if (!metrics.contains(last.name())) {
      out.collect(alert);
      return;
    }
    long watermark = context.timerService().currentWatermark();
    long closed = metrics.closedAt(last.name(), last.to().toEpochMilli());
    if (closed <= watermark) {
      tell(alert, out);
      return;
    }
    long told = isOfOpenWindow(alert) ? watermark + 1 : closed;
    List<Alert> alerts = waiting.get(told);
    List<Alert> withThis = alerts == null ? new ArrayList<>() : new ArrayList<>(alerts);
    withThis.add(alert);
    waiting.put(told, withThis);
    context.timerService().registerEventTimeTimer(told);
  }

  @Override
  public void processElement2(WindowParts window, Context context, Collector<Alert> out)
      throws Exception {
    boolean additive = metrics.isAdditive(window.metric());
    if (window.open()) {
      WindowParts older = openWindows.get(window.end());
      openWindows.put(window.end(), older == null ? window : window.and(older).largest(additive));
    } else {
      WindowParts known = windows.get(window.end());
      windows.put(window.end(), known == null ? window : known.and(window).largest(additive));
      openWindows.remove(window.end());
      if (known == null) {
        keep(window.end(), context.timerService().currentWatermark());
      }
    }
    due.atLatest(window.end() + KEPT_FOR.toMillis(), context.timerService());
  }

  /** Parts may be far ahead of the alerts that need them; the watermark is not. */
  private void keep(long end, long watermark) throws Exception {
    long[] all = withEnd(endsKept(), end);
    int passed = 0;
    while (passed < all.length && all[passed] <= watermark) {
      passed++;
    }
    int forgotten = Math.max(0, passed - WINDOWS_KEPT);
    for (long oldest : Arrays.copyOf(all, forgotten)) {
      windows.remove(oldest);
    }
    ends.update(Arrays.copyOfRange(all, forgotten, all.length));
  }

  /** Sorted, and each of them once. */
  private static long[] withEnd(long[] ends, long end) {
    int place = Arrays.binarySearch(ends, end);
    if (place >= 0) {
      return ends;
    }
    int before = -place - 1;
    long[] all = Arrays.copyOf(ends, ends.length + 1);
    System.arraycopy(ends, before, all, before + 1, ends.length - before);
    all[before] = end;
    return all;
  }

  private long[] endsKept() throws Exception {
    long[] known = ends.value();
    if (known != null) {
      return known;
    }
    // none yet, or a savepoint from before there were ends
    LongStream.Builder all = LongStream.builder();
    windows.keys().forEach(all::add);
    return all.build().sorted().toArray();
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<Alert> out)
      throws Exception {
    List<Alert> alerts = waiting.get(timestamp);
    if (alerts != null) {
      waiting.remove(timestamp);
      for (Alert alert : alerts) {
        tell(alert, out);
      }
    }
    if (due.isDue(timestamp)) {
      forgetIfSilent(timestamp, context.timerService());
    }
  }

  private void forgetIfSilent(long now, TimerService timers) throws Exception {
    long newest = LongStream.of(endsKept()).max().orElse(Long.MIN_VALUE);
    for (long end : openWindows.keys()) {
      newest = Math.max(newest, end);
    }
    long silent = newest + KEPT_FOR.toMillis();
    if (silent <= now) {
      windows.clear();
      ends.clear();
      openWindows.clear();
    } else {
      due.atLatest(silent, timers);
    }
  }

  private void tell(Alert alert, Collector<Alert> out) throws Exception {
    if (alert.status() == AlertStatus.RESOLVED) {
      List<Contributor> known = named.get(alert.id());
      named.remove(alert.id());
      out.collect(known == null ? alert : alert.explainedBy(known, alert.summary()));
      return;
    }
    Contributions contributions =
        new Contributions(alert.series(), metrics.isAdditive(lastOf(alert).name()));
    List<Contributor> contributors = contributorsOf(alert, contributions);
    if (contributors.isEmpty()) {
      out.collect(alert);
      return;
    }
    named.put(alert.id(), contributors);
    out.collect(
        alert.explainedBy(
            contributors, alert.summary() + ' ' + contributions.sentence(contributors)));
  }

  private List<Contributor> contributorsOf(Alert alert, Contributions contributions)
      throws Exception {
    Optional<WindowParts> now = windowOf(alert).filter(contributions::knows);
    if (now.isEmpty()) {
      return List.of();
    }
    Optional<WindowParts> before = windowBefore(alert, contributions).filter(contributions::knows);
    if (before.isEmpty() || !isTowardsBreach(alert, now.get(), before.get(), contributions)) {
      return List.of();
    }
    return contributions.of(now.get(), before.get());
  }

  /** The window that made the alert; one that did not come has no events. */
  private Optional<WindowParts> windowOf(Alert alert) throws Exception {
    if (isOfAbsence(alert)) {
      return Optional.of(nothing(alert));
    }
    long end = lastOf(alert).to().toEpochMilli();
    WindowParts closed = windows.get(end);
    WindowParts known = closed == null ? openWindows.get(end) : closed;
    Double value = alert.figures().value();
    return known == null && value != null && value == 0
        ? Optional.of(nothing(alert))
        : Optional.ofNullable(known);
  }

  private Optional<WindowParts> windowBefore(Alert alert, Contributions contributions)
      throws Exception {
    if (isOfOpenWindow(alert)) {
      return Optional.of(nothing(alert));
    }
    if (isOfAbsence(alert)) {
      return Optional.ofNullable(windows.get(lastOf(alert).to().toEpochMilli()));
    }
    long end = lastOf(alert).to().toEpochMilli();
    long firstBreach = alert.evidence().get(0).to().toEpochMilli();
    long[] passed = LongStream.of(endsKept()).takeWhile(known -> known <= end).toArray();
    List<WindowParts> earlier = new ArrayList<>();
    for (long known :
        Arrays.copyOfRange(passed, Math.max(0, passed.length - WINDOWS_KEPT), passed.length)) {
      WindowParts window = windows.get(known);
      if (window != null && known < firstBreach && contributions.knows(window)) {
        earlier.add(window);
      }
    }
    Comparator<WindowParts> latest = Comparator.comparingLong(WindowParts::end);
    Double usual = alert.figures().baseline();
    Comparator<WindowParts> nearest =
        Comparator.comparingDouble(
            window -> usual == null ? 0 : -Math.abs(contributions.valueIn(window) - usual));
    return earlier.stream().max(nearest.thenComparing(latest));
  }

  /** Whether the change is what was complained of, and not a step back from something worse. */
  private static boolean isTowardsBreach(
      Alert alert, WindowParts now, WindowParts before, Contributions contributions) {
    if (isOfAbsence(alert)) {
      return true;
    }
    Figures figures = alert.figures();
    Double limit = figures.threshold() == null ? figures.baseline() : figures.threshold();
    double value = contributions.valueIn(now);
    return limit != null && (value - limit) * (value - contributions.valueIn(before)) > 0;
  }

  private static boolean isOfOpenWindow(Alert alert) {
    Instant end = lastOf(alert).to();
    return alert.status() == AlertStatus.FIRING && end != null && alert.updatedAt().isBefore(end);
  }

  /** It fires later than the last window that came. */
  private static boolean isOfAbsence(Alert alert) {
    return alert.updatedAt().isAfter(lastOf(alert).to());
  }

  private static WindowParts nothing(Alert alert) {
    Evidence last = lastOf(alert);
    return WindowParts.nothing(
        last.name(),
        last.id(),
        last.from().toEpochMilli(),
        last.to().toEpochMilli(),
        alert.series());
  }

  private static Evidence lastOf(Alert alert) {
    return alert.evidence().get(alert.evidence().size() - 1);
  }
}
