package io.tidewatch.local.flink;

import io.tidewatch.local.LoopbackPort;
import io.tidewatch.local.UserException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.configuration.BlobServerOptions;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.GlobalConfiguration;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.core.execution.RecoveryClaimMode;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.execution.ExecutionState;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.runtime.jobgraph.SavepointRestoreSettings;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * A Flink cluster in this JVM, on loopback, with its web UI; one job at a time.
 *
 * <p>Checkpoints and savepoints go to disk and outlive it.
 */
public final class LocalFlink implements AutoCloseable {

  private static final int STOP_ATTEMPTS = 3;

  private final Configuration configuration;
  private final MiniCluster cluster;

  private LocalFlink(Configuration configuration, MiniCluster cluster) {
    this.configuration = configuration;
    this.cluster = cluster;
  }

  /**
   * Starts the cluster.
   *
   * @param conf the folder with Flink's {@code config.yaml}
   * @param directory where checkpoints, savepoints and working files go
   * @param port of the web UI; 0 takes a free one
   */
  public static LocalFlink start(Path conf, Path directory, int port) {
    Configuration configuration = GlobalConfiguration.loadConfiguration(conf.toString());
    configuration.set(RestOptions.ADDRESS, LoopbackPort.HOST);
    configuration.set(RestOptions.BIND_ADDRESS, LoopbackPort.HOST);
    configuration.set(JobManagerOptions.BIND_HOST, LoopbackPort.HOST);
    // Tasks would look for what is left there at the machine's own address.
    configuration.set(BlobServerOptions.OFFLOAD_MINSIZE, Integer.MAX_VALUE);
    configuration.set(RestOptions.PORT, LoopbackPort.orFree(port, "Flink's web UI"));
    configuration.set(
        CheckpointingOptions.CHECKPOINTS_DIRECTORY,
        directory.resolve("checkpoints").toUri().toString());
    configuration.set(
        CheckpointingOptions.SAVEPOINT_DIRECTORY,
        directory.resolve("savepoints").toUri().toString());
    configuration.set(CoreOptions.TMP_DIRS, directory.resolve("tmp").toString());
    MiniCluster cluster =
        new MiniCluster(
            new MiniClusterConfiguration.Builder()
                .setConfiguration(configuration)
                .setNumTaskManagers(1)
                .setNumSlotsPerTaskManager(configuration.get(TaskManagerOptions.NUM_TASK_SLOTS))
                .setCommonBindAddress(LoopbackPort.HOST)
                .build());
    try {
      cluster.start();
    } catch (Exception e) {
      throw new UserException("Flink does not start: " + e.getMessage(), e);
    }
    return new LocalFlink(configuration, cluster);
  }

  /** The address of the web UI and REST interface. */
  public URI url() {
    return await(cluster.getRestAddress());
  }

  /** The cluster itself, for tests that break it. */
  public MiniCluster cluster() {
    return cluster;
  }

  /**
   * Submits a job.
   *
   * @param definition adds sources, stages and sinks
   * @param restoreFrom a checkpoint or savepoint; empty for a fresh start. It belongs to the job
   *     from now on. State of what the job no longer has, such as a pattern that changed, is left
   *     behind.
   */
  public JobID submit(
      String name, Consumer<StreamExecutionEnvironment> definition, Optional<Path> restoreFrom) {
    Configuration job = new Configuration(configuration);
    job.set(PipelineOptions.NAME, name);
    restoreFrom.ifPresent(
        path -> {
          job.set(StateRecoveryOptions.SAVEPOINT_PATH, path.toUri().toString());
          job.set(StateRecoveryOptions.RESTORE_MODE, RecoveryClaimMode.CLAIM);
          job.set(StateRecoveryOptions.SAVEPOINT_IGNORE_UNCLAIMED_STATE, true);
        });
    StreamExecutionEnvironment environment =
        StreamExecutionEnvironment.getExecutionEnvironment(job);
    definition.accept(environment);
    JobGraph graph = environment.getStreamGraph().getJobGraph();
    graph.setSavepointRestoreSettings(SavepointRestoreSettings.fromConfiguration(job));
    return await(cluster.submitJob(graph)).getJobID();
  }

  public JobStatus status(JobID job) {
    return await(cluster.getJobStatus(job));
  }

  /** Whether each task of a job is at work. */
  public boolean isRunning(JobID job) {
    List<ExecutionState> tasks = new ArrayList<>();
    await(cluster.getExecutionGraph(job))
        .getAllExecutionVertices()
        .forEach(task -> tasks.add(task.getExecutionState()));
    // a job that is not made yet has none
    return !tasks.isEmpty() && tasks.stream().allMatch(ExecutionState.RUNNING::equals);
  }

  /**
   * Ends a job after a last checkpoint with everything flushed and committed.
   *
   * @return the savepoint
   * @throws UserException if Flink refuses it again and again
   */
  public Path stop(JobID job) {
    int attempt = 1;
    while (true) {
      try {
        return Path.of(
            URI.create(
                await(
                    cluster.stopWithSavepoint(
                        job,
                        configuration.get(CheckpointingOptions.SAVEPOINT_DIRECTORY),
                        false,
                        SavepointFormatType.NATIVE))));
      } catch (UserException e) {
        // a savepoint is refused if a source comes to its end meanwhile, and the job runs on
        if (attempt++ == STOP_ATTEMPTS || status(job) != JobStatus.RUNNING) {
          throw e;
        }
      }
    }
  }

  /**
   * Ends a job as {@link #stop(JobID)} does, unless that takes too long.
   *
   * @param savepoints where the savepoint goes
   * @return the savepoint
   * @throws UserException if there is none, or none in time, and the job runs on
   */
  public Path stop(JobID job, Path savepoints, Duration patience) {
    CompletableFuture<String> savepoint =
        cluster.stopWithSavepoint(
            job, savepoints.toUri().toString(), false, SavepointFormatType.NATIVE);
    try {
      return Path.of(URI.create(savepoint.get(patience.toMillis(), TimeUnit.MILLISECONDS)));
    } catch (TimeoutException e) {
      throw new UserException("Flink: no savepoint within " + patience.toSeconds() + " s", e);
    } catch (ExecutionException e) {
      throw refusal(e);
    } catch (InterruptedException e) {
      throw interruption(e);
    }
  }

  @Override
  public void close() {
    await(cluster.closeAsync());
  }

  private static <T> T await(CompletableFuture<T> future) {
    try {
      return future.get();
    } catch (ExecutionException e) {
      throw refusal(e);
    } catch (InterruptedException e) {
      throw interruption(e);
    }
  }

  private static UserException refusal(ExecutionException e) {
    return new UserException("Flink: " + e.getCause().getMessage(), e.getCause());
  }

  private static UserException interruption(InterruptedException e) {
    Thread.currentThread().interrupt();
    return new UserException("Interrupted while Flink was at work.", e);
  }
}
