package io.tidewatch.local.status;

import io.tidewatch.clickhouse.ClickHouse;
import io.tidewatch.job.TidewatchSettings;
import io.tidewatch.local.RunningStack;
import io.tidewatch.local.UserException;
import io.tidewatch.local.flink.FlinkRest;
import io.tidewatch.time.DurationWords;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a glance at a running stack should tell.
 *
 * @param lines a name and what there is to say, in the order to be shown
 * @param healthy whether the job runs and its checkpoints complete
 */
public record StackStatus(List<Line> lines, boolean healthy) {

  private static final String NEWEST_WINDOWS =
      """
      SELECT
        window,
        toUnixTimestamp64Milli(max(window_end)) AS ended,
        formatDateTime(argMax(window_start, window_end), '%Y-%m-%d %H:%i') AS began
      FROM tidewatch.v_metric_windows
      WHERE is_final = 1
      GROUP BY window
      ORDER BY max(window_end) - argMax(window_start, window_end)""";

  private static final String FIRING_ALERTS =
      "SELECT count() AS firing FROM tidewatch.v_alerts WHERE status = 'firing'";

  /** One line of the table. */
  public record Line(String name, String text) {}

  /**
   * Asks all parts of the stack.
   *
   * @throws UserException if a part does not answer
   */
  public static StackStatus of(RunningStack stack, TidewatchSettings settings, Instant now) {
    Optional<JobCondition> job = job(stack);
    List<Line> lines = new ArrayList<>();
    lines.add(new Line("job", job.map(j -> j.state() + ", " + age(j.since(), now)).orElse("none")));
    lines.add(
        new Line(
            "checkpoint",
            job.flatMap(JobCondition::lastCheckpoint)
                .map(time -> age(time, now) + " ago")
                .orElse("none yet")));
    new SourceLag(settings.kafka().properties(), stack.kafkaBootstrap())
        .of(settings.sources().live())
        .forEach((source, lag) -> lines.add(new Line("lag " + source, "%,d".formatted(lag))));
    ClickHouse clickHouse = stack.clickHouse();
    clickHouse.query(NEWEST_WINDOWS).forEach(row -> lines.add(window(row, now)));
    lines.add(new Line("firing alerts", clickHouse.query(FIRING_ALERTS).get(0).get("firing")));
    return new StackStatus(
        List.copyOf(lines), job.map(condition -> condition.isHealthy(now)).orElse(false));
  }

  private static Optional<JobCondition> job(RunningStack stack) {
    try {
      return JobCondition.of(new FlinkRest(stack.flink()));
    } catch (IOException e) {
      throw new UserException(
          "Flink at %s does not answer: %s".formatted(stack.flink(), e.getMessage()), e);
    }
  }

  private static Line window(Map<String, String> row, Instant now) {
    Instant ended = Instant.ofEpochMilli(Long.parseLong(row.get("ended")));
    return new Line(
        "window " + row.get("window"),
        "%s UTC, ended %s ago".formatted(row.get("began"), age(ended, now)));
  }

  private static String age(Instant time, Instant now) {
    return DurationWords.of(time.isAfter(now) ? Duration.ZERO : Duration.between(time, now));
  }
}
