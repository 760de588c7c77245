package io.tidewatch.local.status;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidewatch.local.flink.FlinkRest;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.StreamSupport;

/**
 * How the newest job of a Flink cluster is.
 *
 * @param state Flink's word, such as RUNNING
 * @param since when the job was submitted
 * @param lastCheckpoint when the last one completed; a savepoint that the job was restored from is
 *     none
 */
record JobCondition(String state, Instant since, Optional<Instant> lastCheckpoint) {

  private static final Duration CHECKPOINT_DUE = Duration.ofMinutes(5);

  /**
   * Asks the cluster; empty if it has no job.
   *
   * @throws IOException if it does not answer
   */
  static Optional<JobCondition> of(FlinkRest rest) throws IOException {
    Optional<JsonNode> newest =
        StreamSupport.stream(rest.get("/jobs/overview").get("jobs").spliterator(), false)
            .max(Comparator.comparingLong(job -> job.get("start-time").asLong()));
    if (newest.isEmpty()) {
      return Optional.empty();
    }
    JsonNode job = newest.get();
    JsonNode completed =
        rest.get("/jobs/" + job.get("jid").asText() + "/checkpoints").at("/latest/completed");
    return Optional.of(
        new JobCondition(
            job.get("state").asText(),
            Instant.ofEpochMilli(job.get("start-time").asLong()),
            completed.hasNonNull("latest_ack_timestamp")
                ? Optional.of(Instant.ofEpochMilli(completed.get("latest_ack_timestamp").asLong()))
                : Optional.empty()));
  }

  /** Whether it runs and its checkpoints complete. */
  boolean isHealthy(Instant now) {
    Instant lastSign = lastCheckpoint.orElse(since);
    return state.equals("RUNNING") && lastSign.isAfter(now.minus(CHECKPOINT_DUE));
  }
}
