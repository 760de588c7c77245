package io.tidewatch.rules.stream;

import static io.tidewatch.operator.Operators.identify;

import io.tidewatch.alert.Alert;
import io.tidewatch.event.Event;
import io.tidewatch.metric.MetricWindow;
import io.tidewatch.operator.OperatorIds;
import java.time.ZoneId;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/** Metric windows and events to alerts, by the rules that watch them. */
public final class AlertsStage {

  private AlertsStage() {}

  /**
   * What rules make of metrics.
   *
   * @param explaining the rows of all series of the windows that rules watch, patterns among them
   */
  public record OfWindows(DataStream<Alert> alerts, DataStream<MetricWindow> explaining) {}

  /**
   * Alerts of rules that watch metrics.
   *
   * @param clock names the operators: windows of one clock share a watermark
   * @param live rules, and what changes them
   */
  public static OfWindows ofWindows(
      String clock, DataStream<MetricWindow> windows, RulesStage.Outputs live, ZoneId zone) {
    String select = OperatorIds.SELECT_WATCHED_WINDOWS + clock;
    String watch = OperatorIds.WATCH_WINDOWS + clock;
    SingleOutputStreamOperator<MetricWindow> selected =
        identify(windows.connect(live.changes()).process(new SelectWindows(live.book())), select);
    return new OfWindows(
        identify(
            selected
                .keyBy(MetricWindow::seriesKey)
                .connect(live.changes())
                .process(new WatchWindows(live.book(), zone)),
            watch),
        selected.getSideOutput(SelectWindows.EXPLAINING));
  }

  /** Alerts of rules that watch events. */
  public static DataStream<Alert> ofEvents(
      DataStream<Event> events, RulesStage.Outputs live, ZoneId zone) {
    return identify(
        identify(
                events.connect(live.changes()).process(new SelectEvents(live.book())),
                OperatorIds.SELECT_WATCHED_EVENTS)
            .keyBy(WatchedEvent::key)
            .connect(live.changes())
            .process(new WatchEvents(live.book(), zone)),
        OperatorIds.WATCH_EVENTS);
  }
}
