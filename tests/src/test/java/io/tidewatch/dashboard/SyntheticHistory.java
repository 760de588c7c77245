package io.tidewatch.dashboard;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.endtoend.LiveStack;
import io.tidewatch.local.company.Company;
import io.tidewatch.local.company.CompanyEvent;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What happened in a synthetic company until a time, the last minutes of it troubled. */
final class SyntheticHistory {

  private static final long SEED = 7;
  private static final Duration TROUBLED = Duration.ofMinutes(5);

  private SyntheticHistory() {}

  /** Has the job count all of it, into emptied tables; the last day is open yet. */
  static void replay(LiveStack live, Path directory, int customers, Duration length, Instant end)
      throws IOException {
    live.empty();
    Path events = write(directory.resolve("events.jsonl"), customers, length, end);
    assertThat(live.replay().run(List.of(events.toString()), Optional.of(end)).isComplete())
        .isTrue();
    openDay(live, end);
  }

  /**
   * A replay writes no provisional rows; the job does. Each figure's last whole day stands for the
   * open one, as a day that has just begun may have nothing of its own yet.
   */
  private static void openDay(LiveStack live, Instant end) {
    live.execute(
        """
        INSERT INTO tidewatch.metric_windows
          (metric, window, series, window_start, window_end, value, amount, samples, is_final,
           version)
        SELECT metric, '1d', series,
          toStartOfDay(fromUnixTimestamp64Milli(%d, 'UTC')) AS today, today + INTERVAL 1 DAY,
          value, amount, samples, 0, 2 * samples
        FROM tidewatch.v_metric_windows
        WHERE metric IN ('net_revenue', 'payments_failed') AND window = '1d' AND series = ''
        ORDER BY window_start DESC
        LIMIT 1 BY metric"""
            .formatted(end.toEpochMilli()));
  }

  /** Writes its events to a file, in order of time. */
  private static Path write(Path file, int customers, Duration length, Instant end)
      throws IOException {
    Company company = Company.founded(SEED, customers, end.minus(length), length);
    company.planIncidents(end.minus(TROUBLED));
    try (BufferedWriter writer = Files.newBufferedWriter(file)) {
      while (company.nextTime().isBefore(end)) {
        CompanyEvent event = company.next();
        if (event.time().isBefore(end)) {
          writer.write(new String(event.json(), UTF_8));
          writer.newLine();
        }
      }
    }
    return file;
  }
}
