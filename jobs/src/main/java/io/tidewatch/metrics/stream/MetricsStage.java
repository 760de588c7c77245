package io.tidewatch.metrics.stream;

import static io.tidewatch.operator.Operators.identify;

import io.tidewatch.event.Event;
import io.tidewatch.ingest.QualityFlag;
import io.tidewatch.metric.MetricWindow;
import io.tidewatch.metrics.MetricCatalogue;
import io.tidewatch.operator.OperatorIds;
import io.tidewatch.time.WatermarkedKeyedProcess;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/** Events to metric windows: combine, exchange, window. */
public final class MetricsStage {

  private MetricsStage() {}

  /**
   * @param clock names the operators: the stage runs once per clock
   */
  public record Settings(
      String clock, MetricCatalogue catalogue, ZoneId zone, Duration allowedLateness) {}

  public record Outputs(DataStream<MetricWindow> windows, DataStream<QualityFlag> flags) {}

  /**
   * @param branches events by name of the branch; each is combined in the chain it comes in
   */
  public static Outputs apply(Map<String, DataStream<Event>> branches, Settings settings) {
    DataStream<PartialAggregate> partials =
        branches.entrySet().stream()
            .map(branch -> combine(branch.getKey(), branch.getValue(), settings))
            .reduce(DataStream::union)
            .orElseThrow();
    SingleOutputStreamOperator<MetricWindow> tumbling =
        identify(
            identify(
                    partials.filter(partial -> !partial.isPane()),
                    OperatorIds.SELECT_TUMBLING + settings.clock())
                .keyBy(PartialAggregate::windowKey)
                .transform(
                    OperatorIds.TUMBLING_WINDOWS + settings.clock(),
                    TypeInformation.of(MetricWindow.class),
                    new WatermarkedKeyedProcess<>(
                        new TumblingWindows(settings.catalogue(), settings.allowedLateness()))),
            OperatorIds.TUMBLING_WINDOWS + settings.clock());
    SingleOutputStreamOperator<MetricWindow> rolling =
        identify(
            identify(
                    partials.filter(PartialAggregate::isPane),
                    OperatorIds.SELECT_ROLLING + settings.clock())
                .keyBy(PartialAggregate::paneKey)
                .transform(
                    OperatorIds.ROLLING_WINDOWS + settings.clock(),
                    TypeInformation.of(MetricWindow.class),
                    new WatermarkedKeyedProcess<>(
                        new RollingWindows(
                            settings.catalogue(), settings.zone(), settings.allowedLateness()))),
            OperatorIds.ROLLING_WINDOWS + settings.clock());
    return new Outputs(
        tumbling.union(rolling),
        tumbling.getSideOutput(MetricFlags.TAG).union(rolling.getSideOutput(MetricFlags.TAG)));
  }

  private static DataStream<PartialAggregate> combine(
      String branch, DataStream<Event> events, Settings settings) {
    String id = OperatorIds.COMBINE + settings.clock() + '-' + branch;
    return identify(
        events.transform(
            id,
            PartialAggregateSerializer.TYPE,
            new MetricCombiner(settings.catalogue(), settings.zone(), settings.allowedLateness())),
        id);
  }
}
