package io.tidewatch.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.clickhouse.ClickHouseClient;
import io.tidewatch.local.rules.Backtest;
import io.tidewatch.metrics.InternalEvents;
import io.tidewatch.rules.EventRule;
import io.tidewatch.rules.Firing;
import io.tidewatch.rules.MetricRule;
import io.tidewatch.rules.Rule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The job and a backtest, on the same days without late events. */
class BacktestTest {

  private static final Instant BEGIN = Instant.parse("2026-03-02T00:00:00Z");

  /** Midnight after the last event and the hour that is allowed for late ones: a replay's end. */
  private static final Instant END = BEGIN.plus(Duration.ofDays(2)).plus(Duration.ofHours(1));

  @RegisterExtension static final LiveStack LIVE = new LiveStack();

  @TempDir private Path directory;

  private final Random random = new Random(7);
  private final List<Told> records = new ArrayList<>();

  private record Told(Instant time, String text) {}

  @Test
  void comeToTheSameAlerts() throws IOException {
    LIVE.empty();
    for (int minute = 0; minute < Duration.ofDays(2).toMinutes() - 60; minute++) {
      tellOfMinute(BEGIN.plus(Duration.ofMinutes(minute)), minute);
    }
    records.sort(Comparator.comparing(Told::time));
    Path file =
        Files.write(directory.resolve("days.jsonl"), records.stream().map(Told::text).toList());
    assertThat(LIVE.replay(file).isComplete()).isTrue();

    List<String> live = live();
    assertThat(live)
        .anyMatch(row -> row.startsWith("high_error_rate RESOLVED"))
        .anyMatch(row -> row.startsWith("payment_failure RESOLVED"))
        .anyMatch(row -> row.startsWith("slow_response RESOLVED"))
        .hasSizeGreaterThan(10);
    assertThat(backtested()).containsExactlyElementsOf(live);
  }

  /** Quiet days with bad quarters of hours, silence, and single mishaps. */
  private void tellOfMinute(Instant minute, int number) {
    boolean isBad = number % 700 > 680;
    boolean isSilent = number % 1000 > 950;
    int requests = isSilent ? 0 : 3 + random.nextInt(3) + (isBad ? 20 : 0);
    for (int i = 0; i < requests; i++) {
      boolean fails = isBad && random.nextInt(3) == 0;
      tell(
          minute.plusMillis(random.nextInt(60_000)),
          "api.request",
          """
          "endpoint":"/x","method":"GET","status_code":%d,"response_time_ms":%d"""
              .formatted(fails ? 503 : 200, isBad ? 300 + random.nextInt(6000) : 50));
    }
    if (random.nextInt(200) == 0) {
      String amount = "\"amount\":\"%d\",\"currency\":\"EUR\"".formatted(1 + random.nextInt(99));
      boolean failed = random.nextInt(4) == 0;
      tell(minute, failed ? "payment.failed" : "payment.succeeded", amount);
    }
  }

  private void tell(Instant time, String type, String properties) {
    records.add(
        new Told(
            time,
            """
            {"id":"e%d","type":"%s","time":"%s","customer_id":"c%d","properties":{%s}}"""
                .formatted(records.size(), type, time, random.nextInt(3), properties)));
  }

  /**
   * An id holds when the alert of a metric started. One of an event starts with the event that came
   * first, which need not be the first that happened, and the id holds the hour.
   */
  private List<String> live() {
    List<String> names = backtestable().map(rule -> "'" + rule.name() + "'").toList();
    return LIVE
        .query(
            """
            SELECT concat(rule, ' ', upper(status), ' ', alert_id, ' ', series, ' ',
              toString(toUnixTimestamp64Milli(updated_at)), ' ', summary) AS told
            FROM tidewatch.v_alerts WHERE rule IN (%s) ORDER BY told
            """
                .formatted(String.join(", ", names)))
        .stream()
        .map(row -> row.get("told"))
        .toList();
  }

  private List<String> backtested() {
    ClickHouseClient clickHouse =
        new ClickHouseClient(LIVE.settings().clickHouse().endpoint(), "tidewatch");
    Backtest backtest = new Backtest(clickHouse, ZoneOffset.UTC, BEGIN, END);
    return backtestable()
        .flatMap(rule -> backtest.run(rule).firings().stream())
        .map(Firing::last)
        .map(
            alert ->
                "%s %s %s %s %d %s"
                    .formatted(
                        alert.profile().rule(),
                        alert.status(),
                        alert.id(),
                        alert.series(),
                        alert.updatedAt().toEpochMilli(),
                        alert.summary()))
        .sorted()
        .toList();
  }

  /** The rules that ship and are never muted, on event time, whose past the tables keep. */
  private static Stream<Rule> backtestable() {
    return LIVE.settings().definitions().rules().rules().stream()
        .filter(rule -> rule.profile().mutes().isEmpty())
        .filter(
            rule ->
                rule instanceof MetricRule metric
                        && !LIVE.settings()
                            .definitions()
                            .metrics()
                            .metric(metric.metric())
                            .orElseThrow()
                            .arrivalClock()
                    || rule instanceof EventRule event
                        && event.events().types().stream()
                            .noneMatch(InternalEvents.DERIVED::contains));
  }
}
