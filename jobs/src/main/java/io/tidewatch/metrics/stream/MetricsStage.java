package io.tidewatch.metrics.stream;

import static io.tidewatch.operator.Operators.gather;
import static io.tidewatch.operator.Operators.identify;
import static io.tidewatch.operator.Operators.union;

import io.tidewatch.event.Event;
import io.tidewatch.ingest.QualityFlag;
import io.tidewatch.metric.MetricWindow;
import io.tidewatch.metrics.MetricCatalogue;
import io.tidewatch.operator.OperatorIds;
import io.tidewatch.time.WatermarkedKeyedProcess;
import java.time.Duration;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

  /**
   * @param windows by how they move: tumbling, rolling
   * @param tombstones windows whose row, if it was written, no longer has a value
   */
  public record Outputs(
      Map<String, DataStream<MetricWindow>> windows,
      DataStream<MetricWindow> tombstones,
      DataStream<QualityFlag> flags) {

    public DataStream<MetricWindow> allWindows() {
      return union(windows.values()).orElseThrow();
    }
  }

  /**
   * Metrics on the clock that the events bring with them.
   *
   * @param branches events by name of the branch; each is combined in the chain it comes in
   */
  public static Outputs apply(Map<String, DataStream<Event>> branches, Settings settings) {
    return windows(
        gather(combined(branches, settings), OperatorIds.GATHER_PARTIALS + settings.clock()),
        settings);
  }

  /**
   * Metrics on the clock of arrival: what came together, and in silence the wall clock; in a replay
   * all windows close when the recording is marked as ended.
   *
   * @param branches events whose time is an arrival, by name of the branch
   */
  public static Outputs applyOnArrival(
      Map<String, DataStream<Event>> branches, Settings settings, boolean replay) {
    DataStream<PartialAggregate> partials = union(combined(branches, settings)).orElseThrow();
    SingleOutputStreamOperator<PartialAggregate> clocked =
        identify(
            partials.assignTimestampsAndWatermarks(
                replay ? ArrivalWatermarks.replay(settings.zone()) : ArrivalWatermarks.live()),
            OperatorIds.ARRIVAL_CLOCK);
    return windows(replay ? clocked.setParallelism(1) : clocked, settings);
  }

  private static List<DataStream<PartialAggregate>> combined(
      Map<String, DataStream<Event>> branches, Settings settings) {
    return branches.entrySet().stream()
        .map(branch -> combine(branch.getKey(), branch.getValue(), settings))
        .toList();
  }

  private static Outputs windows(DataStream<PartialAggregate> partials, Settings settings) {
    SingleOutputStreamOperator<MetricWindow> tumbling =
        identify(
            identify(
                    partials.filter(partial -> !partial.isPane() && !partial.isMark()),
                    OperatorIds.SELECT_TUMBLING + settings.clock())
                .keyBy(PartialAggregate::windowKey)
                .transform(
                    OperatorIds.TUMBLING_WINDOWS + settings.clock(),
                    MetricWindowSerializer.TYPE,
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
                    MetricWindowSerializer.TYPE,
                    new WatermarkedKeyedProcess<>(
                        new RollingWindows(
                            settings.catalogue(), settings.zone(), settings.allowedLateness()))),
            OperatorIds.ROLLING_WINDOWS + settings.clock());
    Map<String, DataStream<MetricWindow>> windows = new LinkedHashMap<>();
    windows.put("tumbling", tumbling);
    windows.put("rolling", rolling);
    return new Outputs(
        windows,
        tumbling
            .getSideOutput(MetricRows.TOMBSTONES)
            .union(rolling.getSideOutput(MetricRows.TOMBSTONES)),
        tumbling.getSideOutput(MetricFlags.TAG).union(rolling.getSideOutput(MetricFlags.TAG)));
  }

  private static DataStream<PartialAggregate> combine(
      String branch, DataStream<Event> events, Settings settings) {
    String id = OperatorIds.COMBINE + settings.clock() + '-' + branch;
    // In one chain with what comes before: no event is exchanged.
    return identify(
            events.transform(
                id,
                PartialAggregateSerializer.TYPE,
                new MetricCombiner(
                    settings.catalogue(), settings.zone(), settings.allowedLateness())),
            id)
        .setParallelism(events.getParallelism());
  }
}
