package io.tidewatch.rules;

import io.tidewatch.alert.Alert;
import io.tidewatch.metric.MetricWindow;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a rule would have made of windows that are over, by the same {@link SeriesWatch} as in the
 * job and with its order of things: what is due before a window closes comes before it, and what is
 * due at that moment after it.
 */
public final class MetricBacktest {

  private final List<MetricRule> rules;
  private final SeriesWatch watch;
  private final Map<String, Series> series = new HashMap<>();
  private final List<Alert> alerts = new ArrayList<>();

  /**
   * @param zone whose days and hours it compares
   */
  public MetricBacktest(MetricRule rule, ZoneId zone) {
    this.rules = List.of(rule);
    this.watch = new SeriesWatch(zone);
  }

  /** Applies the final row of a window that the rule watches; those of a series in their order. */
  public void onWindow(MetricWindow window) {
    series.computeIfAbsent(window.series(), name -> new Series()).onWindow(window);
  }

  /** All that would have been written until then: alerts as they fired and as they ended. */
  public List<Alert> alertsUntil(Instant end) {
    series.values().forEach(one -> one.lookUntil(end.toEpochMilli() - 1));
    return List.copyOf(alerts);
  }

  private final class Series {

    private final RuleMemory memory = new HeapMemory();
    private long look = SeriesWatch.NEVER;

    private void onWindow(MetricWindow window) {
      long closes = window.windowEnd().toEpochMilli() - 1;
      lookUntil(closes - 1);
      look = Math.min(look, watch.onWindow(rules, window, memory, alerts::add));
      lookUntil(closes);
    }

    private void lookUntil(long time) {
      while (look <= time) {
        long now = look;
        look = watch.onTime(rules, now, memory, alerts::add);
      }
    }
  }
}
