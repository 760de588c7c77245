package io.tidewatch.rules.stream;

import static io.tidewatch.operator.Operators.identify;

import io.tidewatch.alert.Alert;
import io.tidewatch.event.Event;
import io.tidewatch.metric.MetricWindow;
import io.tidewatch.operator.OperatorIds;
import io.tidewatch.rules.EventRule;
import io.tidewatch.rules.MetricRule;
import java.time.ZoneId;
import java.util.List;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.util.Collector;

/** Metric windows and events to alerts, by the rules that watch them. */
public final class AlertsStage {

  private AlertsStage() {}

  /**
   * Alerts of rules that watch metrics.
   *
   * @param clock names the operators: windows of one clock share a watermark
   */
  public static DataStream<Alert> ofWindows(
      String clock, DataStream<MetricWindow> windows, List<MetricRule> rules, ZoneId zone) {
    String select = OperatorIds.SELECT_WATCHED_WINDOWS + clock;
    String watch = OperatorIds.WATCH_WINDOWS + clock;
    WatchedWindows watched = new WatchedWindows(rules);
    return identify(
        identify(windows.filter(watched::contains), select)
            .keyBy(AlertsStage::seriesOf)
            .process(new WatchWindows(rules, zone)),
        watch);
  }

  /** Alerts of rules that watch events. */
  public static DataStream<Alert> ofEvents(
      DataStream<Event> events, List<EventRule> rules, ZoneId zone) {
    return identify(
        identify(
                events
                    .flatMap((Event event, Collector<WatchedEvent> out) -> match(event, rules, out))
                    .returns(TypeInformation.of(WatchedEvent.class)),
                OperatorIds.SELECT_WATCHED_EVENTS)
            .keyBy(WatchedEvent::key)
            .process(new WatchEvents(rules, zone)),
        OperatorIds.WATCH_EVENTS);
  }

  static String seriesOf(MetricWindow window) {
    return window.metric() + '|' + window.window() + '|' + window.series();
  }

  private static void match(Event event, List<EventRule> rules, Collector<WatchedEvent> out) {
    for (EventRule rule : rules) {
      if (rule.watches(event)) {
        out.collect(new WatchedEvent(rule.name(), rule.seriesOf(event), event));
      }
    }
  }
}
