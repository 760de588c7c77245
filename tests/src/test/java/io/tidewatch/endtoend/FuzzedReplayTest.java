package io.tidewatch.endtoend;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.ingest.MutatedRecords;
import io.tidewatch.ingest.SourceSetup;
import io.tidewatch.local.replay.Replay;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.Period;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever arrives, the job goes on, each record is accounted for and ClickHouse takes the rest.
 */
class FuzzedReplayTest {

  private static final int RECORDS = 100_000;

  @RegisterExtension static final LiveStack LIVE = new LiveStack();

  @TempDir private Path directory;

  @Test
  void endsEachOfManyMutatedRecordsOneWay() throws IOException {
    Path file = directory.resolve("mutated.jsonl");
    MutatedRecords mutations = new MutatedRecords(20_261_121);
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
      for (int i = 0; i < RECORDS; i++) {
        byte[] value = mutations.next();
        if (value != null) {
          out.write(value);
        }
        out.write('\n');
      }
    }
    // ids repeat: a source that knows no duplicates lets more of them through
    Replay.Outcome outcome = replay(file, LIVE.settings().sources().named("crm"));

    // a line break inside a record makes two of it
    assertThat(outcome.sent()).isBetween((long) RECORDS, RECORDS * 11L / 10);
    long accepted = outcome.counts().accepted();
    assertThat(accepted).isBetween(RECORDS / 50L, RECORDS / 2L);
    assertThat(count("v_fact_events")).isPositive().isLessThanOrEqualTo(accepted);
    assertThat(count("v_dead_letters")).isEqualTo(outcome.counts().count("rejected")).isPositive();
    assertThat(outcome.counts().count("no_consent")).isPositive();
  }

  @Test
  void takesEventsOfMoreThanAHundredMonthsAtOnce() throws IOException {
    Path file = directory.resolve("months.jsonl");
    List<LocalDate> months =
        LocalDate.of(1900, 1, 1).datesUntil(LocalDate.of(2026, 1, 1), Period.ofMonths(10)).toList();
    Files.write(file, months.stream().map(FuzzedReplayTest::payment).toList(), UTF_8);
    Replay.Outcome outcome = replay(file, LIVE.replaySource());

    assertThat(outcome.counts().accepted()).isEqualTo(months.size());
    assertThat(count("v_fact_events")).isEqualTo(months.size());
    assertThat(count("v_metric_windows WHERE metric = 'payments_succeeded' AND window = '1d'"))
        .isGreaterThanOrEqualTo(months.size());
  }

  @Test
  void takesTheLargestSubscriptionsAndTheRarestPayments() throws IOException {
    String subscription =
        """
        {"id":"%1$s","type":"subscription.started","time":"2026-03-01T12:00:00Z",\
        "customer_id":"%1$s","properties":{"subscription_id":"s","plan":"pro","currency":"EUR",\
        "amount":"99999999999999.9999","interval":%2$s}}""";
    Path file =
        Files.write(
            directory.resolve("large.jsonl"),
            List.of(
                subscription.formatted("often", "\"day\",\"quantity\":1000000000"),
                subscription.formatted(
                    "seldom", "\"year\",\"interval_count\":4611686018427387904")));
    assertThat(replay(file, LIVE.replaySource()).counts().accepted()).isEqualTo(2);
    // 99,999,999,999,999.9999 × 1,000,000,000 × 365 ÷ 12
    String mrr = "3041666666666666663625000";
    assertThat(LIVE.value("SELECT mrr FROM tidewatch.v_dim_customers WHERE customer_id = 'often'"))
        .isEqualTo(mrr);
    assertThat(LIVE.value("SELECT closing FROM tidewatch.v_mrr_daily")).isEqualTo(mrr);
    assertThat(count("v_mrr_movements")).isEqualTo(1);
  }

  @Test
  void takesAnEventThatIsLargerAsARowThanAsARecord() throws IOException {
    StringBuilder event =
        new StringBuilder(
            "{\"id\":\"large\",\"type\":\"unheard.of\",\"time\":\"2026-03-01T12:00:00Z\","
                + "\"properties\":{\"texts0\":0");
    for (int i = 1; i <= 15; i++) {
      String texts = "[" + "\"\",".repeat(20_000) + "\"\"]";
      event.append(",\"texts").append(i).append("\":").append(texts);
    }
    Path file = Files.writeString(directory.resolve("large.jsonl"), event.append("}}"), UTF_8);
    assertThat(Files.size(file)).isBetween(900_000L, 1L << 20);

    assertThat(replay(file, LIVE.replaySource()).counts().accepted()).isEqualTo(1);
    assertThat(count("v_fact_events")).isEqualTo(1);
  }

  private static Replay.Outcome replay(Path file, SourceSetup source) throws IOException {
    LIVE.empty();
    Replay replay = LIVE.replay(source);
    Replay.Outcome outcome = replay.run(List.of(file.toString()), Optional.empty());
    assertThat(LIVE.restores(replay.job())).as("failures").isZero();
    assertThat(outcome.isComplete()).as(outcome.counts().toString()).isTrue();
    return outcome;
  }

  private static String payment(LocalDate day) {
    return """
        {"id":"%1$s","type":"payment.succeeded","time":"%1$sT12:00:00Z",\
        "properties":{"amount":"1.25","currency":"EUR"}}"""
        .formatted(day);
  }

  private static long count(String from) {
    return Long.parseLong(LIVE.value("SELECT count() FROM tidewatch." + from));
  }
}
