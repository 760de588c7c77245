package io.tidewatch.rules;

import io.tidewatch.anomaly.AnomalyDetector;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** What rules remember of one series, for as long as a program runs. */
final class HeapMemory implements RuleMemory {

  private final Map<String, MetricAlertState> alerts = new HashMap<>();
  private final TreeMap<Long, Double> values = new TreeMap<>();

  private SeriesProgress progress;
  private AnomalyDetector detector;

  @Override
  public SeriesProgress progress() {
    return progress;
  }

  @Override
  public void keepProgress(SeriesProgress now) {
    progress = now;
  }

  @Override
  public MetricAlertState alert(String rule) {
    return alerts.get(rule);
  }

  @Override
  public void keepAlert(String rule, MetricAlertState state) {
    if (state == null) {
      alerts.remove(rule);
    } else {
      alerts.put(rule, state);
    }
  }

  @Override
  public Map<String, MetricAlertState> alerts() {
    return Map.copyOf(alerts);
  }

  @Override
  public Double valueAt(long end) {
    return values.get(end);
  }

  @Override
  public void keepValue(long end, double value) {
    values.put(end, value);
  }

  @Override
  public void forgetValuesBefore(long end) {
    values.headMap(end).clear();
  }

  @Override
  public AnomalyDetector detector() {
    return detector;
  }

  @Override
  public void keepDetector(AnomalyDetector now) {
    detector = now;
  }

  @Override
  public void clear() {
    progress = null;
    detector = null;
    alerts.clear();
    values.clear();
  }
}
