package io.tidewatch.metrics.stream;

import io.tidewatch.metric.MetricWindow;
import io.tidewatch.metrics.MetricCatalogue;
import io.tidewatch.time.FollowsWatermark;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;

/** Windows of metrics: each knows its definitions and how far event time has come. */
abstract class MetricWindows extends KeyedProcessFunction<String, PartialAggregate, MetricWindow>
    implements CheckpointedFunction, FollowsWatermark {

  private final MetricCatalogue catalogue;

  private transient KnownDefinitions definitions;

  MetricWindows(MetricCatalogue catalogue) {
    this.catalogue = catalogue;
  }

  final KnownDefinitions definitions() {
    return definitions;
  }

  @Override
  public final void initializeState(FunctionInitializationContext context) throws Exception {
    definitions = new KnownDefinitions();
    definitions.initialize(catalogue, context);
  }

  @Override
  public final void snapshotState(FunctionSnapshotContext context) throws Exception {
    definitions.snapshot();
  }

  @Override
  public final void watermarkReached(long watermark) {
    definitions.progressTo(watermark);
  }
}
