package io.tidewatch.bench.pattern;

import com.sun.management.OperatingSystemMXBean;
import io.tidewatch.local.flink.LocalFlink;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.runtime.checkpoint.CheckpointStatsSnapshot;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * Runs one variant on the cluster that {@code ./tidewatch up} starts, from a fresh start to the end
 * of its rows.
 */
final class PatternRun {

  /** In so many steps, each of which ends with a checkpoint, a disturbed run goes. */
  private static final int STEPS = 12;

  private final Path conf;
  private final Path directory;
  private final Duration checkpointEvery;

  PatternRun(Path conf, Path directory, Duration checkpointEvery) {
    this.conf = conf;
    this.directory = directory;
    this.checkpointEvery = checkpointEvery;
  }

  Result measure(Variant variant, int series, int rounds) throws Exception {
    Workload workload = variant.workload(series, rounds);
    CollectedAlerts.forget();
    RoundClock.forget();
    OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    long cpu = system.getProcessCpuTime();
    CheckpointStatsSnapshot checkpoints;
    try (LocalFlink flink = LocalFlink.start(conf.resolve("local"), directory, 0)) {
      checkpoints =
          switch (variant.disturbance()) {
            case NONE -> undisturbed(flink, variant, workload);
            case FAILURE -> failed(flink, workload);
            case RESCALING -> rescaled(flink, workload);
          };
    }
    return Result.of(
        variant,
        workload,
        Pace.of(RoundClock.passed().values(), series),
        (system.getProcessCpuTime() - cpu) / 1e9,
        checkpoints.getSummaryStats().getEndToEndDurationStats(),
        expected(variant, workload),
        CollectedAlerts.lines());
  }

  private CheckpointStatsSnapshot undisturbed(LocalFlink flink, Variant variant, Workload workload)
      throws Exception {
    PatternJob job = new PatternJob(workload);
    return toTheEnd(
        flink,
        submit(flink, 2, variant.isFlinks() ? job::defineFlinks : job::define, Optional.empty()));
  }

  private CheckpointStatsSnapshot failed(LocalFlink flink, Workload workload) throws Exception {
    FailOnce.arm();
    CheckpointStatsSnapshot checkpoints =
        toTheEnd(flink, submit(flink, 2, inSteps(workload), Optional.empty()));
    if (FailOnce.isArmed()) {
      throw new IllegalStateException("it was to fail and did not");
    }
    return checkpoints;
  }

  private CheckpointStatsSnapshot rescaled(LocalFlink flink, Workload workload) throws Exception {
    JobID first = submit(flink, 2, inSteps(workload), Optional.empty());
    while (RoundClock.passed().size() < workload.rounds() / 2) {
      requireHealth(flink, first);
      Thread.sleep(20);
    }
    Path savepoint = flink.stop(first);
    return toTheEnd(flink, submit(flink, 1, inSteps(workload), Optional.of(savepoint)));
  }

  private static Consumer<StreamExecutionEnvironment> inSteps(Workload workload) {
    return environment ->
        new PatternJob(workload).defineInSteps(environment, Math.max(1, workload.rounds() / STEPS));
  }

  private JobID submit(
      LocalFlink flink,
      int parallelism,
      Consumer<StreamExecutionEnvironment> definition,
      Optional<Path> savepoint) {
    return flink.submit(
        "patterns",
        environment -> {
          environment.configure(
              new Configuration()
                  .set(CheckpointingOptions.CHECKPOINTING_INTERVAL, checkpointEvery)
                  .set(PipelineOptions.MAX_PARALLELISM, 128));
          environment.setParallelism(parallelism);
          definition.accept(environment);
        },
        savepoint);
  }

  private static CheckpointStatsSnapshot toTheEnd(LocalFlink flink, JobID job) throws Exception {
    while (flink.status(job) != JobStatus.FINISHED) {
      requireHealth(flink, job);
      Thread.sleep(50);
    }
    return flink.cluster().getExecutionGraph(job).get().getCheckpointStatsSnapshot();
  }

  private static void requireHealth(LocalFlink flink, JobID job) throws Exception {
    JobStatus status = flink.status(job);
    if (status.isGloballyTerminalState() && status != JobStatus.FINISHED) {
      flink
          .cluster()
          .requestJobResult(job)
          .get()
          .toJobExecutionResult(PatternRun.class.getClassLoader());
    }
  }

  private static Set<String> expected(Variant variant, Workload workload) {
    Set<String> alerts = Expected.of(workload);
    return variant.isFlinks()
        ? alerts.stream().filter(line -> line.contains("FIRING")).collect(Collectors.toSet())
        : alerts;
  }
}
