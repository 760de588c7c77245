package io.tidewatch.rules.stream;

import static io.tidewatch.operator.Operators.identify;

import io.tidewatch.alert.Alert;
import io.tidewatch.metric.MetricWindow;
import io.tidewatch.metrics.MetricCatalogue;
import io.tidewatch.operator.OperatorIds;
import io.tidewatch.rules.WindowParts;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;

/**
 * Alerts of metrics to alerts that say what made most of the change.
 *
 * <pre>
 * windows ─▶ gather parts ─┐
 * alerts ──────────────────┴─(metric, window)▶ name contributors ─▶ alerts
 * </pre>
 */
public final class ContributorsStage {

  private ContributorsStage() {}

  /**
   * @param clock names the operators: windows and alerts of one clock share a watermark
   * @param explaining the rows of all series of the windows that rules watch
   * @param alerts of rules that watch metrics
   * @param metrics of this clock
   */
  public static DataStream<Alert> apply(
      String clock,
      DataStream<MetricWindow> explaining,
      DataStream<Alert> alerts,
      MetricCatalogue metrics) {
    PartedMetrics parted = new PartedMetrics(metrics);
    String gather = OperatorIds.GATHER_PARTS + clock;
    DataStream<WindowParts> parts =
        identify(
            explaining.transform(
                gather, TypeInformation.of(WindowParts.class), new GatherParts(parted)),
            gather);
    return identify(
        alerts
            .connect(parts)
            .keyBy(
                NameContributors::keyOf,
                window -> PartedMetrics.key(window.metric(), window.window()),
                Types.STRING)
            .process(new NameContributors(parted)),
        OperatorIds.NAME_CONTRIBUTORS + clock);
  }
}
