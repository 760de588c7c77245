package io.tidewatch.endtoend;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.clickhouse.verify.VerificationReport;
import io.tidewatch.local.Tidewatch;
import io.tidewatch.local.replay.Replay;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * A few records of every kind and what becomes of each, computed by hand.
 *
 * <p>The source's out-of-orderness is 10 s and windows are corrected for 1 h after their end.
 */
class CraftedReplayTest {

  private static final LocalDate DAY = LocalDate.of(2026, 3, 2);

  private static final List<String> RECORDS =
      List.of(
          payment("p1", "09:00:30", "10.10"),
          // within the disorder
          payment("p2", "09:00:25", "0.20"),
          payment("p1", "09:00:30", "10.10"),
          """
          {"id":"p3","type":"payment.succeeded","time":"2026-03-02T09:00:40Z",\
          "consent":{"analytics":false},"properties":{"amount":"99","currency":"EUR"}}""",
          "not JSON",
          payment("p4", "09:01:00", "-1"),
          // closes the minute of 9:00 (until 9:09:50), which stays open to correction
          payment("p5", "09:10:00", "5"),
          payment("p6", "09:00:59", "0.0001"),
          // event time comes to 10:59:50: minutes that ended by 9:59:50 take no more
          payment("p7", "11:00:00", "7"),
          // missed its minute, which ended at 9:01, but not its hour, which ended at 10:00
          payment("p8", "09:00:10", "100"));

  private static final String COUNTS =
      "read=10 accepted=6 rejected=2 duplicate=1 no_consent=1 erased=0 late=1";

  private static final String GROSS_WINDOWS =
      """
      SELECT window, formatDateTime(window_start, '%H:%i') AS start, toString(amount) AS amount,
        samples, is_final
      FROM tidewatch.v_metric_windows WHERE metric = 'gross_revenue' AND series = ''
      ORDER BY length(window), window, window_start
      """;

  @RegisterExtension static final LiveStack LIVE = new LiveStack();

  @TempDir private Path directory;

  @BeforeEach
  void empty() {
    LIVE.empty();
  }

  @Test
  void countsDisorderedLateAndUnwantedRecordsAsByHand() throws IOException {
    Replay.Outcome outcome = LIVE.replay(Files.write(directory.resolve("crafted.jsonl"), RECORDS));

    assertThat(outcome.counts()).hasToString(COUNTS);
    assertThat(outcome.isComplete()).isTrue();
    assertThat(outcome.end()).isEqualTo("2026-03-03T01:00:00Z");
    assertThat(rows(GROSS_WINDOWS))
        .containsExactly(
            "1d 00:00 122.3001 6 1",
            "1h 09:00 115.3001 5 1",
            "1h 11:00 7 1 1",
            "1m 09:00 10.3001 3 1",
            "1m 09:10 5 1 1",
            "1m 11:00 7 1 1");
    assertThat(rows("SELECT event_id FROM tidewatch.v_fact_events ORDER BY event_id"))
        .containsExactly("p1", "p2", "p5", "p6", "p7", "p8");
    assertThat(
            rows(
                """
                SELECT event_id, toString(watermark),
                  arrayStringConcat(windows, ', ')
                FROM tidewatch.v_late_events
                """))
        .containsExactly("p8 2026-03-02 10:59:49.999 1m 2026-03-02T09:00:00.000Z");
    assertThat(rows("SELECT reason_code, payload FROM tidewatch.v_dead_letters ORDER BY offset"))
        .hasSize(2)
        .first()
        .asString()
        .endsWith("not JSON");
    // the facts hold p8, the minute that it missed does not
    VerificationReport report = LIVE.verify(DAY);
    assertThat(report.differences()).isEmpty();
    assertThat(report.compared()).isGreaterThan(20);
  }

  @Test
  void aRowThatALateEventLeavesWithoutAValueIsGone() {
    String ratios =
        """
        SELECT series FROM tidewatch.v_metric_windows
        WHERE metric = 'budget_spent_ratio' AND window_start = '2026-03-02' ORDER BY series""";
    try (SteeredReplay replay = new SteeredReplay(LIVE)) {
      replay.start(LIVE.settings(), Optional.empty());
      replay.send(
          List.of(
              campaign("b1", "campaign.budget", "09:00:00", "daily_budget", "10"),
              campaign("s1", "ad.spend", "10:00:00", "amount", "5")));
      // the day is over and stays open to correction
      replay.advanceTo(Instant.parse("2026-03-03T00:30:00Z"));
      Patience.await(
          "the ratios of the day",
          Duration.ofMinutes(1),
          () -> rows(ratios).equals(List.of("", "campaign=spring")));
      replay.send(List.of(campaign("b2", "campaign.budget", "23:00:00", "daily_budget", "0")));
      replay.advanceTo(Instant.parse("2026-03-03T01:00:00Z"));
      replay.stop();
    }
    assertThat(rows(ratios)).isEmpty();
    VerificationReport report = LIVE.verify(DAY);
    assertThat(report.differences()).isEmpty();
    assertThat(report.compared()).isPositive();
  }

  @Test
  void givesTheSameRowsWhenReplayedAgain() throws IOException {
    Path file = Files.write(directory.resolve("crafted.jsonl"), RECORDS);
    // Quality has windows of arrival time, which differs from replay to replay.
    String rows =
        """
        SELECT * FROM tidewatch.v_metric_windows WHERE window_start < '2026-03-04' ORDER BY ALL
        """;
    String facts =
        "SELECT * EXCEPT (received_at) FROM tidewatch.v_fact_events ORDER BY time, event_id";
    LIVE.replay(file);
    List<String> rowsOnce = rows(rows);
    List<String> factsOnce = rows(facts);
    Replay.Outcome again = LIVE.replay(file);

    assertThat(again.counts()).hasToString(COUNTS);
    assertThat(rows(facts)).isEqualTo(factsOnce).hasSize(6);
    assertThat(rows(rows)).isEqualTo(rowsOnce).isNotEmpty();
  }

  @Test
  void endsEventTimeWhereToldTo() throws IOException {
    Path file = Files.write(directory.resolve("crafted.jsonl"), RECORDS);
    Replay.Outcome outcome =
        LIVE.replay()
            .run(List.of(file.toString()), Optional.of(Instant.parse("2026-03-02T11:30:00Z")));

    assertThat(outcome.isComplete()).isTrue();
    assertThat(outcome.end()).isEqualTo("2026-03-02T11:30:00Z");
    assertThat(rows(GROSS_WINDOWS).stream().filter(row -> row.endsWith(" 1")).toList())
        .containsExactly(
            "1h 09:00 115.3001 5 1", "1m 09:00 10.3001 3 1", "1m 09:10 5 1 1", "1m 11:00 7 1 1");
  }

  @Test
  void aCustomersEventsGetThePlanThatWasReadJustBefore() throws IOException {
    List<String> records = new ArrayList<>();
    for (int customer = 0; customer < 1_000; customer++) {
      records.add(
          """
          {"id":"created-%1$d","type":"customer.created","time":"2026-03-02T09:00:00Z",\
          "customer_id":"%1$d","properties":{"plan":"pro"}}"""
              .formatted(customer));
      records.add(
          """
          {"id":"paid-%1$d","type":"payment.succeeded","time":"2026-03-02T09:00:00Z",\
          "customer_id":"%1$d","properties":{"amount":"1","currency":"EUR"}}"""
              .formatted(customer));
    }
    LIVE.replay(Files.write(directory.resolve("customers.jsonl"), records));

    assertThat(
            rows(
                """
                SELECT series, samples FROM tidewatch.v_metric_windows
                WHERE metric = 'gross_revenue' AND window = '1m' AND startsWith(series, 'plan=')"""))
        .containsExactly("plan=pro 1000");
  }

  @Test
  void takesPackedFilesAndOneWithoutAnEndOfLineAndOneWithoutRecords() throws IOException {
    Path packed = directory.resolve("begin.jsonl.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(packed))) {
      out.write((String.join("\n", RECORDS.subList(0, 6)) + "\n").getBytes(UTF_8));
    }
    Path empty = Files.createFile(directory.resolve("empty.jsonl"));
    Path rest =
        Files.writeString(
            directory.resolve("rest.jsonl"), String.join("\n", RECORDS.subList(6, 10)));
    Replay.Outcome outcome =
        LIVE.replay()
            .run(List.of(packed.toString(), empty.toString(), rest.toString()), Optional.empty());
    assertThat(outcome.counts()).hasToString(COUNTS);

    Replay.Outcome nothing = LIVE.replay(empty);
    assertThat(nothing.sent()).isZero();
    assertThat(nothing.isComplete()).isTrue();
  }

  @Test
  void theCommandEndsWithTheCounts() throws IOException {
    Path file = Files.write(directory.resolve("crafted.jsonl"), RECORDS);
    PrintStream console = System.out;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    int exit;
    try {
      System.setOut(new PrintStream(printed, true, UTF_8));
      exit = replayByCommand(file, new StringWriter());
    } finally {
      System.setOut(console);
    }
    assertThat(exit).isZero();
    assertThat(printed.toString(UTF_8).lines().toList()).last().isEqualTo(COUNTS);
  }

  @Test
  void theCommandNamesARecordThatKafkaRefuses() throws IOException {
    Path file =
        Files.write(directory.resolve("huge.jsonl"), List.of(RECORDS.get(0), "x".repeat(9 << 20)));
    StringWriter errors = new StringWriter();
    assertThat(replayByCommand(file, errors)).isEqualTo(1);
    assertThat(errors.toString().lines()).singleElement().asString().contains("record 2");
  }

  private int replayByCommand(Path file, StringWriter errors) {
    return Tidewatch.commandLine()
        .setErr(new PrintWriter(errors, true))
        .execute(
            "replay",
            "--format",
            "tidewatch",
            "--conf",
            LiveStack.conf().toString(),
            "--data-dir",
            directory.resolve("data").toString(),
            file.toString());
  }

  private static List<String> rows(String query) {
    return LIVE.query(query).stream().map(CraftedReplayTest::row).toList();
  }

  private static String row(Map<String, String> columns) {
    return String.join(" ", columns.values());
  }

  private static String payment(String id, String time, String amount) {
    return """
        {"id":"%s","type":"payment.succeeded","time":"%sT%sZ",\
        "properties":{"amount":"%s","currency":"EUR"}}"""
        .formatted(id, DAY, time, amount);
  }

  private static String campaign(
      String id, String type, String time, String property, String amount) {
    return """
        {"id":"%s","type":"%s","time":"%sT%sZ","properties":{"campaign":"spring",\
        "channel":"search","%s":"%s","currency":"EUR"}}"""
        .formatted(id, type, DAY, time, property, amount);
  }
}
