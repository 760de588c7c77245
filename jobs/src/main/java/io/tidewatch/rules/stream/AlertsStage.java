package io.tidewatch.rules.stream;

import static io.tidewatch.operator.Operators.identify;

import io.tidewatch.alert.Alert;
import io.tidewatch.event.Event;
import io.tidewatch.metric.MetricWindow;
import io.tidewatch.operator.OperatorIds;
import io.tidewatch.rules.RuleBook;
import io.tidewatch.rules.RuleMessage;
import java.time.ZoneId;
import org.apache.flink.streaming.api.datastream.BroadcastStream;
import org.apache.flink.streaming.api.datastream.DataStream;

/** Metric windows and events to alerts, by the rules that watch them. */
public final class AlertsStage {

  private AlertsStage() {}

  /**
   * Alerts of rules that watch metrics.
   *
   * @param clock names the operators: windows of one clock share a watermark
   * @param changes of rules, while the job runs
   */
  public static DataStream<Alert> ofWindows(
      String clock,
      DataStream<MetricWindow> windows,
      BroadcastStream<RuleMessage> changes,
      RuleBook book,
      ZoneId zone) {
    String select = OperatorIds.SELECT_WATCHED_WINDOWS + clock;
    String watch = OperatorIds.WATCH_WINDOWS + clock;
    return identify(
        identify(windows.connect(changes).process(new SelectWindows(book)), select)
            .keyBy(AlertsStage::seriesOf)
            .connect(changes)
            .process(new WatchWindows(book, zone)),
        watch);
  }

  /** Alerts of rules that watch events. */
  public static DataStream<Alert> ofEvents(
      DataStream<Event> events, BroadcastStream<RuleMessage> changes, RuleBook book, ZoneId zone) {
    return identify(
        identify(
                events.connect(changes).process(new SelectEvents(book)),
                OperatorIds.SELECT_WATCHED_EVENTS)
            .keyBy(WatchedEvent::key)
            .connect(changes)
            .process(new WatchEvents(book, zone)),
        OperatorIds.WATCH_EVENTS);
  }

  static String seriesOf(MetricWindow window) {
    return window.metric() + '|' + window.window() + '|' + window.series();
  }
}
