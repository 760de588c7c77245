package io.tidewatch.bench;

import io.tidewatch.local.flink.LocalFlink;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * A Flink job from its start to its complete result, on the cluster that {@code ./tidewatch up}
 * starts, with two subtasks: RocksDB, incremental checkpoints every five seconds, objects reused.
 */
final class FlinkRun {

  static final Duration CHECKPOINT_EVERY = Duration.ofSeconds(5);
  private static final Duration LOOK_EVERY = Duration.ofSeconds(2);

  private FlinkRun() {}

  static Measurement untilComplete(
      Contender.Assignment assignment, Consumer<StreamExecutionEnvironment> definition)
      throws Exception {
    Measurement.Stopwatch stopwatch = new Measurement.Stopwatch();
    try (LocalFlink flink =
        LocalFlink.start(assignment.conf().resolve("local"), assignment.directory(), 0)) {
      CollectingSink.collectInto(assignment.result());
      JobID job =
          flink.submit(
              "bench",
              environment -> {
                environment.configure(
                    new Configuration()
                        .set(RestartStrategyOptions.RESTART_STRATEGY, "none")
                        .set(PipelineOptions.OBJECT_REUSE, true)
                        .set(CheckpointingOptions.CHECKPOINTING_INTERVAL, CHECKPOINT_EVERY));
                environment.setParallelism(Workload.PARTITIONS);
                definition.accept(environment);
                stopwatch.start();
              },
              Optional.empty());
      while (!assignment.result().awaitComplete(LOOK_EVERY)) {
        if (flink.status(job).isGloballyTerminalState()) {
          throw new IllegalStateException(
              "the job ended too soon: " + assignment.result().progress());
        }
      }
      Measurement measured = stopwatch.stop(assignment.workload().requests());
      long checkpoints = completedCheckpoints(flink, job);
      flink.cluster().cancelJob(job).get();
      return measured.with(checkpoints);
    }
  }

  private static long completedCheckpoints(LocalFlink flink, JobID job) throws Exception {
    return flink
        .cluster()
        .getExecutionGraph(job)
        .get()
        .getCheckpointStatsSnapshot()
        .getCounts()
        .getNumberOfCompletedCheckpoints();
  }
}
