package io.tidewatch.rules.stream;

import static io.tidewatch.operator.Operators.identify;

import io.tidewatch.alert.Alert;
import io.tidewatch.metric.MetricWindow;
import io.tidewatch.metrics.MetricCatalogue;
import io.tidewatch.operator.OperatorIds;
import io.tidewatch.rules.MetricRule;
import io.tidewatch.rules.PatternRule;
import io.tidewatch.rules.RuleCatalogue;
import io.tidewatch.rules.WindowParts;
import io.tidewatch.rules.stream.PartedMetrics.Watched;
import java.util.List;
import java.util.stream.Stream;
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
   * @param alerts of rules that watch metrics
   * @param metrics of this clock
   */
  public static DataStream<Alert> apply(
      String clock,
      DataStream<MetricWindow> windows,
      DataStream<Alert> alerts,
      MetricCatalogue metrics,
      RuleCatalogue rules) {
    PartedMetrics parted = new PartedMetrics(metrics).watched(watchedBy(rules));
    String gather = OperatorIds.GATHER_PARTS + clock;
    DataStream<WindowParts> parts =
        identify(
            windows.transform(
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

  private static List<Watched> watchedBy(RuleCatalogue rules) {
    return Stream.concat(
            rules.of(MetricRule.class).stream()
                .map(rule -> new Watched(rule.metric(), rule.window())),
            rules.of(PatternRule.class).stream()
                .map(rule -> new Watched(rule.watched().metric(), rule.watched().window())))
        .toList();
  }
}
