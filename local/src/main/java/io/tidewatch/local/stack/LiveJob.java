package io.tidewatch.local.stack;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidewatch.job.Stage;
import io.tidewatch.job.TidewatchJob;
import io.tidewatch.job.TidewatchSettings;
import io.tidewatch.local.DataDirectory;
import io.tidewatch.local.UserException;
import io.tidewatch.local.flink.FlinkRest;
import io.tidewatch.local.flink.LocalFlink;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The job as it runs in production, on a local stack.
 *
 * <p>It goes on where the last one on the data directory stopped or was killed: from the newer of
 * its last savepoint and its last checkpoint. Both are kept apart from those of replays, which hold
 * nothing for this job.
 */
public final class LiveJob implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(LiveJob.class);
  private static final String FOLDER = "live";
  private static final Duration STOP_PATIENCE = Duration.ofSeconds(20);

  private final LocalFlink flink;
  private final FlinkRest rest;
  private final JobID job;
  private final Path savepoints;

  private LiveJob(LocalFlink flink, JobID job, Path savepoints) {
    this.flink = flink;
    this.rest = new FlinkRest(flink.url());
    this.job = job;
    this.savepoints = savepoints;
  }

  /** Submits the job to the stack. */
  public static LiveJob submit(LocalStack stack, Set<Stage> stages) {
    return submit(stack, stack.settings(), stages);
  }

  /** Submits the job to the stack, with settings that differ from the stack's. */
  public static LiveJob submit(LocalStack stack, TidewatchSettings settings, Set<Stage> stages) {
    DataDirectory directory = stack.directory();
    Path checkpoints = directory.checkpoints().resolve(FOLDER);
    Path savepoints = directory.savepoints().resolve(FOLDER);
    Optional<Path> last = Checkpoints.latest(checkpoints, savepoints);
    LOG.info("The job begins {}", last.map(path -> "from " + path).orElse("afresh"));
    TidewatchJob definition = new TidewatchJob(settings, stages);
    JobID job =
        stack
            .flink()
            .submit(
                "tidewatch",
                environment -> {
                  keepCheckpointsIn(checkpoints, environment);
                  definition.defineLive(environment);
                },
                last);
    return new LiveJob(stack.flink(), job, savepoints);
  }

  private static void keepCheckpointsIn(Path folder, StreamExecutionEnvironment environment) {
    environment.configure(
        new Configuration()
            .set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, folder.toUri().toString()));
  }

  /** Whether each of its tasks is at work. */
  public boolean isRunning() {
    return flink.isRunning(job);
  }

  /** Event time that every part of it has reached, if all parts run. */
  public Optional<Instant> reached() {
    try {
      long watermark = rest.lowestWatermark(job.toString());
      return watermark == Long.MIN_VALUE
          ? Optional.empty()
          : Optional.of(Instant.ofEpochMilli(watermark));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Whether it has ended for good; nothing will start it again. */
  public boolean hasEnded() {
    return flink.status(job).isGloballyTerminalState();
  }

  /** Why it has ended for good, in one line. */
  public String reasonOfEnd() {
    return flink
        .cluster()
        .requestJobResult(job)
        .join()
        .getSerializedThrowable()
        .map(failure -> rootCause(failure.getFullStringifiedStackTrace()))
        .orElseGet(() -> "it ended as " + flink.status(job));
  }

  /** Why it failed the last time, if it did, in one line. */
  public Optional<String> lastFailure() {
    try {
      JsonNode history = rest.get("/jobs/" + job + "/exceptions").path("exceptionHistory");
      return stream(history.path("entries"))
          .map(entry -> rootCause(entry.get("stacktrace").asText()))
          .findFirst();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /**
   * Stops it with a savepoint: all that it wrote to Kafka is committed then, however long the stack
   * stays down. Where that fails or takes too long, as when ClickHouse is away, it is left to end
   * with Flink and goes on from its last checkpoint the next time. A job that has not come to run
   * is left so too: it has nothing to commit.
   */
  @Override
  public void close() {
    try {
      if (hasEnded()) {
        return;
      }
      if (isStarting()) {
        LOG.info("The job ends before all of it runs, so without a savepoint");
        return;
      }
      flink.stop(job, savepoints, STOP_PATIENCE);
    } catch (UserException e) {
      LOG.warn("The job ends with its last checkpoint, if it has one: {}", e.getMessage());
    }
  }

  /** Unlike one that ran and is being recovered. */
  private boolean isStarting() {
    return !isRunning() && lastFailure().isEmpty();
  }

  private static String rootCause(String stackTrace) {
    String cause = "Caused by: ";
    return stackTrace
        .lines()
        .filter(line -> line.startsWith(cause))
        .reduce((first, second) -> second)
        .map(line -> line.substring(cause.length()))
        .orElseGet(() -> stackTrace.lines().findFirst().orElse("unknown"));
  }

  private static Stream<JsonNode> stream(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false);
  }
}
