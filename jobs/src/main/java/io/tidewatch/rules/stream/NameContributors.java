package io.tidewatch.rules.stream;

import io.tidewatch.alert.Alert;
import io.tidewatch.alert.AlertStatus;
import io.tidewatch.alert.Contributor;
import io.tidewatch.alert.Evidence;
import io.tidewatch.alert.Figures;
import io.tidewatch.rules.Contributions;
import io.tidewatch.rules.WindowParts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.functions.co.KeyedCoProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Has alerts name the series that made most of the change, keyed by metric and window size.
 *
 * <p>An alert waits until the watermark has passed the window that made it: all parts of the window
 * have come by then, in whatever order the two inputs came. It is compared with an earlier window:
 * where the rule knows what is usual, the one nearest to that; else the last before the first
 * breach. An alert of a window that is still open does not wait and names none.
 *
 * <p>State: the parts of the last 24 windows, until a timer; alerts that wait, until theirs; and
 * what firing alerts named, until they are resolved, for their last row to name it too.
 */
final class NameContributors extends KeyedCoProcessFunction<String, Alert, WindowParts, Alert> {

  private static final int WINDOWS_KEPT = 24;

  private final PartedMetrics metrics;

  private transient MapState<Long, WindowParts> windows;
  private transient MapState<Long, List<Alert>> waiting;
  private transient MapState<String, List<Contributor>> named;

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
    if (!metrics.contains(last.name(), last.id()) || isOfOpenWindow(alert)) {
      out.collect(alert);
      return;
    }
    long closed = metrics.closedAt(last.name(), last.to().toEpochMilli());
    if (closed <= context.timerService().currentWatermark()) {
      tell(alert, out);
      return;
    }
    List<Alert> alerts = waiting.get(closed);
    List<Alert> withThis = alerts == null ? new ArrayList<>() : new ArrayList<>(alerts);
    withThis.add(alert);
    waiting.put(closed, withThis);
    context.timerService().registerEventTimeTimer(closed);
  }

  @Override
  public void processElement2(WindowParts window, Context context, Collector<Alert> out)
      throws Exception {
    WindowParts known = windows.get(window.end());
    windows.put(
        window.end(),
        known == null ? window : known.and(window).largest(metrics.isAdditive(window.metric())));
    context.timerService().registerEventTimeTimer(forgottenAt(window));
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
    List<Long> old = new ArrayList<>();
    for (Map.Entry<Long, WindowParts> window : windows.entries()) {
      if (forgottenAt(window.getValue()) <= timestamp) {
        old.add(window.getKey());
      }
    }
    for (Long end : old) {
      windows.remove(end);
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
    WindowParts now = windows.get(lastOf(alert).to().toEpochMilli());
    if (now == null || !contributions.knows(now)) {
      return List.of();
    }
    Optional<WindowParts> before = windowBefore(alert, contributions);
    if (before.isEmpty() || !isTowardsBreach(alert, now, before.get(), contributions)) {
      return List.of();
    }
    return contributions.of(now, before.get());
  }

  private Optional<WindowParts> windowBefore(Alert alert, Contributions contributions)
      throws Exception {
    long firstBreach = alert.evidence().get(0).from().toEpochMilli();
    List<WindowParts> earlier = new ArrayList<>();
    for (WindowParts window : windows.values()) {
      if (window.end() <= firstBreach && contributions.knows(window)) {
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
    Figures figures = alert.figures();
    Double limit = figures.threshold() == null ? figures.baseline() : figures.threshold();
    double value = contributions.valueIn(now);
    return limit != null && (value - limit) * (value - contributions.valueIn(before)) > 0;
  }

  private static boolean isOfOpenWindow(Alert alert) {
    Instant end = lastOf(alert).to();
    return alert.status() == AlertStatus.FIRING && end != null && alert.updatedAt().isBefore(end);
  }

  private static Evidence lastOf(Alert alert) {
    return alert.evidence().get(alert.evidence().size() - 1);
  }

  private static long forgottenAt(WindowParts window) {
    return window.end() + WINDOWS_KEPT * (window.end() - window.start());
  }
}
