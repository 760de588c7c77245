package io.tidewatch.rules.stream;

import io.tidewatch.anomaly.AnomalyDetector;
import io.tidewatch.rules.MetricAlertState;
import io.tidewatch.rules.RuleMemory;
import io.tidewatch.rules.SeriesProgress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;

/** What is remembered of the series of the current key, in keyed state. */
final class SeriesState implements RuleMemory {

  static final ValueStateDescriptor<SeriesProgress> PROGRESS =
      new ValueStateDescriptor<>("progress", TypeInformation.of(SeriesProgress.class));

  static final MapStateDescriptor<String, MetricAlertState> ALERTS =
      new MapStateDescriptor<>("alerts", Types.STRING, TypeInformation.of(MetricAlertState.class));

  private final ValueState<SeriesProgress> progress;
  private final MapState<String, MetricAlertState> alerts;
  private final MapState<Long, Double> values;
  private final ValueState<AnomalyDetector> detector;

  SeriesState(RuntimeContext context) {
    progress = context.getState(PROGRESS);
    alerts = context.getMapState(ALERTS);
    values = context.getMapState(new MapStateDescriptor<>("history", Types.LONG, Types.DOUBLE));
    detector =
        context.getState(new ValueStateDescriptor<>("detector", AnomalyDetectorSerializer.TYPE));
  }

  @Override
  public SeriesProgress progress() {
    return of(progress::value);
  }

  @Override
  public void keepProgress(SeriesProgress now) {
    in(() -> progress.update(now));
  }

  @Override
  public MetricAlertState alert(String rule) {
    return of(() -> alerts.get(rule));
  }

  @Override
  public void keepAlert(String rule, MetricAlertState state) {
    in(
        () -> {
          if (state == null) {
            alerts.remove(rule);
          } else {
            alerts.put(rule, state);
          }
        });
  }

  @Override
  public Map<String, MetricAlertState> alerts() {
    Map<String, MetricAlertState> known = new HashMap<>();
    in(() -> alerts.entries().forEach(entry -> known.put(entry.getKey(), entry.getValue())));
    return known;
  }

  @Override
  public Double valueAt(long end) {
    return of(() -> values.get(end));
  }

  @Override
  public void keepValue(long end, double value) {
    in(() -> values.put(end, value));
  }

  @Override
  public void forgetValuesBefore(long end) {
    in(
        () -> {
          List<Long> old = new ArrayList<>();
          for (Long known : values.keys()) {
            if (known < end) {
              old.add(known);
            }
          }
          for (Long known : old) {
            values.remove(known);
          }
        });
  }

  @Override
  public AnomalyDetector detector() {
    return of(detector::value);
  }

  @Override
  public void keepDetector(AnomalyDetector now) {
    in(() -> detector.update(now));
  }

  @Override
  public void clear() {
    progress.clear();
    alerts.clear();
    values.clear();
    detector.clear();
  }

  private static <T> T of(Callable<T> read) {
    try {
      return read.call();
    } catch (Exception e) {
      throw new UncheckedIOException(new IOException("the state of a series is unreadable", e));
    }
  }

  private static void in(StateWrite write) {
    of(
        () -> {
          write.run();
          return null;
        });
  }

  @FunctionalInterface
  private interface StateWrite {
    void run() throws Exception;
  }
}
