package io.tidewatch.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.job.TidewatchSettings;
import io.tidewatch.local.replay.Replay;
import io.tidewatch.retail.RetailRecording;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.common.JobStatus;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * Disorder, repetition, failures, outages and restarts change no number: each test takes a month of
 * a real shop through one of them and compares all rows with those of an undisturbed run.
 */
class DisturbedReplayTest {

  private static final Instant END = Instant.parse("2011-01-01T00:00:00Z");
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final Duration LATENESS = Duration.ofHours(1);

  private static final String FACTS = "SELECT * EXCEPT (received_at) FROM tidewatch.v_fact_events";
  private static final String UNDISTURBED_FACTS =
      "SELECT * EXCEPT (received_at) FROM undisturbed.fact_events";

  /** Metrics of records count resent ones too, and when they came. */
  private static final String OF_BUSINESS =
      """
      metric NOT IN ('accuracy', 'completeness', 'consistency', 'timeliness_seconds',
        'data_age_seconds') AND NOT startsWith(metric, 'events_')
      """;

  private static final String WINDOWS =
      "SELECT * FROM tidewatch.v_metric_windows WHERE " + OF_BUSINESS;
  private static final String UNDISTURBED_WINDOWS =
      "SELECT * FROM undisturbed.metric_windows WHERE " + OF_BUSINESS;

  @RegisterExtension static final LiveStack LIVE = new LiveStack();

  @TempDir private static Path directory;

  private static List<String> events;

  @BeforeAll
  static void replayUndisturbed() throws IOException {
    events = RetailRecording.eventsBefore(END);
    assertThat(events).hasSizeGreaterThan(40_000);
    LIVE.empty();
    assertThat(LIVE.replay(file(events)).isComplete()).isTrue();
    LIVE.execute("CREATE DATABASE undisturbed");
    for (String table : List.of("fact_events", "metric_windows")) {
      LIVE.execute(
          "CREATE TABLE undisturbed.%1$s ENGINE = MergeTree ORDER BY tuple() AS SELECT * FROM tidewatch.v_%1$s"
              .formatted(table));
    }
    assertThat(count(UNDISTURBED_FACTS)).isEqualTo(events.size());
    assertThat(count(UNDISTURBED_WINDOWS)).isGreaterThan(10_000);
  }

  @AfterAll
  static void forget() {
    LIVE.execute("DROP DATABASE undisturbed");
  }

  @BeforeEach
  void empty() {
    LIVE.empty();
  }

  @Test
  void disorderRepetitionAndFailuresChangeNothing() throws Exception {
    Random random = new Random(20_101_201);
    List<String> sent = disorderedAndResent(events, random);
    int resent = sent.size() - events.size();
    assertThat(resent).isBetween(events.size() / 25, events.size() / 15);
    List<Integer> failures =
        random.ints(3, events.size() / 20, events.size() * 19 / 20).sorted().boxed().toList();

    Replay replay = LIVE.replay();
    CompletableFuture<Replay.Outcome> outcome = run(replay, file(sent));
    for (int failure : failures) {
      awaitFacts(failure, outcome);
      Patience.await("a checkpoint", PATIENCE, () -> LIVE.checkpoint(replay.job()));
      LIVE.failTaskManager();
    }
    Replay.Outcome end = outcome.get();

    assertThat(LIVE.restores(replay.job())).isEqualTo(failures.size());
    assertThat(end.counts())
        .hasToString(
            "read=%d accepted=%d rejected=0 duplicate=%d no_consent=0 erased=0 late=0"
                .formatted(sent.size(), events.size(), resent));
    assertThat(end.isComplete()).isTrue();
    assertSameRows(UNDISTURBED_FACTS, FACTS);
    assertSameRows(UNDISTURBED_WINDOWS, WINDOWS);
    assertThat(LIVE.verify(LocalDate.of(2010, 12, 7)).differences()).isEmpty();
  }

  @Test
  void anOutageOfClickHouseIsWaitedFor() throws Exception {
    Replay replay = LIVE.replay();
    CompletableFuture<Replay.Outcome> outcome = run(replay, file(events));
    awaitFacts(events.size() / 3, outcome);
    LIVE.stack().engine().kill();
    try {
      Patience.hold(
          "the job waits for ClickHouse",
          Duration.ofSeconds(60),
          () ->
              !outcome.isDone() && LIVE.stack().flink().status(replay.job()) == JobStatus.RUNNING);
    } finally {
      LIVE.stack().engine().start();
    }
    Replay.Outcome end = outcome.get();

    assertThat(LIVE.restores(replay.job())).isZero();
    assertThat(end.isComplete()).isTrue();
    assertThat(end.counts().accepted()).isEqualTo(events.size());
    assertSameRows(UNDISTURBED_FACTS, FACTS);
    assertSameRows(UNDISTURBED_WINDOWS, WINDOWS);
  }

  @Test
  void aMetricAndADimensionAddedAtARestartLeaveOthersAlone() throws IOException {
    Instant half = Instant.parse("2010-12-09T12:30:00Z");
    List<String> before = RetailRecording.eventsBefore(half);
    List<String> after = events.subList(before.size(), events.size());
    TidewatchSettings changed = withPaymentsAndRevenueTypes();
    try (SteeredReplay replay = new SteeredReplay(LIVE)) {
      replay.start(LIVE.settings(), Optional.empty());
      replay.send(before);
      replay.advanceTo(half);
      replay.start(changed, Optional.of(replay.stop()));
      replay.send(after);
      replay.advanceTo(midnightAfterAll().plus(LATENESS));
      replay.stop();
    }
    assertSameRows(UNDISTURBED_FACTS, FACTS);

    String others = " AND metric NOT IN ('gross_revenue', 'retail_payments')";
    assertSameRows(UNDISTURBED_WINDOWS + others, WINDOWS + others);

    // Windows that began before the restart were final by then, or are those it skips.
    String gross = " AND metric = 'gross_revenue' AND NOT startsWith(series, 'revenue_type=')";
    String old = " AND window_end <= '%s'".formatted(clickHouse(half));
    String later = " AND window_start >= '%s'".formatted(clickHouse(half));
    assertSameRows(UNDISTURBED_WINDOWS + gross + old, WINDOWS + gross + old);
    assertSameRows(UNDISTURBED_WINDOWS + gross + later, WINDOWS + gross + later);

    // All payments of this shop are one-time, so the new series says what the total says.
    String columns =
        "SELECT window, window_start, window_end, value, amount, samples, is_final FROM";
    assertSameRows(
        columns
            + " undisturbed.metric_windows WHERE metric = 'gross_revenue' AND series = ''"
            + later,
        columns
            + " tidewatch.v_metric_windows WHERE metric = 'gross_revenue'"
            + " AND series = 'revenue_type=one-time'");
    assertSameRows(
        columns
            + " undisturbed.metric_windows WHERE metric = 'gross_revenue' AND window != '1m'"
            + " AND (series = '' OR startsWith(series, 'country='))"
            + later,
        columns + " tidewatch.v_metric_windows WHERE metric = 'retail_payments'");
  }

  /** Where a replay ends; at each midnight more that comes customers are scored once more. */
  private static Instant midnightAfterAll() {
    return RetailRecording.timeOf(events.get(events.size() - 1))
        .truncatedTo(ChronoUnit.DAYS)
        .plus(1, ChronoUnit.DAYS);
  }

  private static TidewatchSettings withPaymentsAndRevenueTypes() throws IOException {
    ConfigurationCopy changed = ConfigurationCopy.in(directory.resolve("changed"));
    Path metrics = changed.file("metrics.yaml");
    String text = Files.readString(metrics);
    int gross = text.indexOf("- name: gross_revenue");
    int by = text.indexOf("by: [", gross);
    Files.writeString(
        metrics,
        text.substring(0, by)
            + "by: [[revenue_type], "
            + text.substring(by + "by: [".length())
            + """

            - name: retail_payments
              unit: currency
              inputs:
                paid: {event: payment.succeeded, sum: amount}
              by: [[country]]
              windows: [1h, 1d]
            """);
    return LIVE.settings(changed.tidewatchYaml());
  }

  /** One in twenty comes twice; none comes after another that is an hour younger. */
  private static List<String> disorderedAndResent(List<String> events, Random random) {
    record Delayed(long arrival, String event) {}
    return events.stream()
        .flatMap(event -> Collections.nCopies(random.nextInt(20) == 0 ? 2 : 1, event).stream())
        .map(
            event ->
                new Delayed(
                    RetailRecording.timeOf(event).toEpochMilli()
                        + random.nextLong(LATENESS.toMillis()),
                    event))
        .sorted(Comparator.comparingLong(Delayed::arrival))
        .map(Delayed::event)
        .toList();
  }

  private static CompletableFuture<Replay.Outcome> run(Replay replay, Path file) {
    return CompletableFuture.supplyAsync(
        () -> replay.run(List.of(file.toString()), Optional.empty()));
  }

  private static void awaitFacts(int number, CompletableFuture<?> outcome) {
    Patience.await(
        number + " facts are written",
        PATIENCE,
        () -> outcome.isDone() || count("SELECT 1 FROM tidewatch.v_fact_events") >= number);
    assertThat(outcome).as("the replay").isNotDone();
  }

  /** Shows some rows that only one of the two has. */
  private static void assertSameRows(String expected, String actual) {
    String except = "SELECT * FROM (%s EXCEPT ALL %s) LIMIT 10";
    assertThat(count(expected)).as(expected).isPositive();
    assertThat(LIVE.query(except.formatted(expected, actual))).as("missing").isEmpty();
    assertThat(LIVE.query(except.formatted(actual, expected))).as("not expected").isEmpty();
  }

  private static long count(String rows) {
    return Long.parseLong(LIVE.value("SELECT count() FROM (" + rows + ")"));
  }

  private static String clickHouse(Instant time) {
    return time.toString().replace('T', ' ').replace("Z", "");
  }

  private static Path file(List<String> events) throws IOException {
    return Files.write(Files.createTempFile(directory, "retail", ".jsonl"), events);
  }
}
