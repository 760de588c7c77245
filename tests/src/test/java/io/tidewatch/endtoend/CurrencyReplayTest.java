package io.tidewatch.endtoend;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.clickhouse.ClickHouseClient;
import io.tidewatch.clickhouse.verify.Verification;
import io.tidewatch.clickhouse.verify.VerificationReport;
import io.tidewatch.job.TidewatchSettings;
import io.tidewatch.kafka.KafkaSources;
import io.tidewatch.local.replay.Replay;
import io.tidewatch.local.stack.Schema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * Dollars and yen of a company that reports in euros: rates of 2 March from a file, of 4 March from
 * the topic.
 */
class CurrencyReplayTest {

  @RegisterExtension static final LiveStack LIVE = new LiveStack();

  private static final List<String> RATES =
      List.of(
          "{\"date\":\"2026-03-04\",\"currency\":\"USD\",\"rate\":\"0.8\"}",
          "{\"date\":\"2026-03-04\",\"currency\":\"dollar\",\"rate\":\"0.8\"}");

  private static final List<String> RECORDS =
      List.of(
          subscription("s1", "started", "2026-03-02T09:00:00Z", "ada", "100", "USD"),
          payment("p1", "2026-03-02T09:00:00Z", "100", "USD"),
          campaign("c1", "campaign.budget", "daily_budget", "50", "USD"),
          campaign("c2", "ad.spend", "amount", "9", "EUR"),
          payment("p2", "2026-03-02T10:00:00Z", "7", "EUR"),
          // the price stays, the dollar falls
          subscription("s2", "changed", "2026-03-04T09:00:00Z", "ada", "100", "USD"),
          payment("p3", "2026-03-04T09:00:00Z", "100.05", "USD"),
          payment("p4", "2026-03-04T10:00:00Z", "10000", "JPY"),
          subscription("s3", "changed", "2026-03-04T11:00:00Z", "ada", "150", "USD"),
          subscription("s4", "started", "2026-03-04T12:00:00Z", "yuki", "9000", "JPY"));

  private static TidewatchSettings settings;

  @BeforeAll
  static void replay(@TempDir Path directory) throws Exception {
    settings = inEuros(directory);
    new Schema(new ClickHouseClient(settings.clickHouse().endpoint())).report(settings);
    tell(RATES);
    LIVE.empty();
    Path file = Files.write(directory.resolve("events.jsonl"), RECORDS);
    Replay.Outcome outcome =
        new Replay(settings, settings.sources().replay(), LIVE.stack().flink(), LiveStack.silent())
            .run(List.of(file.toString()), Optional.empty());
    assertThat(outcome.isComplete()).isTrue();
  }

  @AfterAll
  static void reportAsShipped() {
    LIVE.execute("TRUNCATE TABLE tidewatch.fx_rates");
    new Schema(new ClickHouseClient(LIVE.settings().clickHouse().endpoint()))
        .report(LIVE.settings());
  }

  @Test
  void metricsAddWhatWasConverted() {
    assertThat(
            rows(
                """
                SELECT formatDateTime(window_start, '%d') AS day, amount
                FROM tidewatch.v_metric_windows
                WHERE metric = 'gross_revenue' AND window = '1d' AND series = ''
                ORDER BY day"""))
        // 100 × 0.9 + 7; 100.05 × 0.8, and the yen in no total
        .containsExactly("02 97", "04 80.04");
    assertThat(
            LIVE.value(
                """
                SELECT sum(value) FROM tidewatch.v_metric_windows
                WHERE metric = 'payments_succeeded' AND window = '1d' AND series = ''"""))
        .isEqualTo("4");
  }

  @Test
  void spendAndBudgetCompareInOneCurrency() {
    assertThat(
            LIVE.value(
                """
                SELECT value FROM tidewatch.v_metric_windows
                WHERE metric = 'budget_spent_ratio' AND window = '1d' AND series = ''"""))
        // 9 ÷ (50 × 0.9)
        .isEqualTo("0.2");
  }

  @Test
  void factsKeepWhatWasPaid() {
    assertThat(
            rows(
                """
                SELECT event_id, amount, currency, length(properties)
                FROM tidewatch.v_fact_events WHERE type = 'payment.succeeded' ORDER BY event_id"""))
        .containsExactly("p1 100 USD 0", "p2 7 EUR 0", "p3 100.05 USD 0", "p4 10000 JPY 0");
  }

  @Test
  void theLedgerIsInEurosAndARatesMoveMovesNothing() {
    assertThat(
            rows(
                """
                SELECT customer_id, event_id, kind, delta, mrr_after, currency, original_amount
                FROM tidewatch.v_mrr_movements ORDER BY time"""))
        // 100 × 0.9, then 150 × 0.8 − 90
        .containsExactly("ada s1 new 90 90 USD 100", "ada s3 expansion 30 120 USD 150");
    assertThat(LIVE.value("SELECT closing FROM tidewatch.v_mrr_daily ORDER BY day DESC LIMIT 1"))
        .isEqualTo("120");
  }

  @Test
  void whatHasNoRateIsFlagged() {
    assertThat(
            rows(
                """
                SELECT event_id, field FROM tidewatch.v_data_quality
                WHERE check = 'FX_RATE_MISSING' ORDER BY event_id"""))
        .containsExactly("p4 currency", "s4 currency");
    assertThat(
            LIVE.value(
                """
                SELECT count() FROM tidewatch.v_data_quality WHERE check = 'MIXED_CURRENCY'"""))
        .isEqualTo("0");
  }

  @Test
  void allRatesAreInTheTableAndWhatIsNoneIsADeadLetter() {
    assertThat(
            rows(
                """
                SELECT currency, quote_currency, day, rate FROM tidewatch.v_fx_rates
                ORDER BY day"""))
        .containsExactly("USD EUR 2026-03-02 0.9", "USD EUR 2026-03-04 0.8");
    assertThat(
            rows(
                """
                SELECT source, reason_code, reason FROM tidewatch.v_dead_letters"""))
        .containsExactly(
            "fx-rates FX_RATE_INVALID currency must be an ISO 4217 code, not 'dollar'");
  }

  @Test
  void verificationAgrees() {
    for (String day : List.of("2026-03-02", "2026-03-04")) {
      VerificationReport report =
          new Verification(
                  new ClickHouseClient(settings.clickHouse().endpoint()),
                  settings.reporting().zone(),
                  true)
              .verify(LocalDate.parse(day), settings.definitions().metrics().metrics());
      assertThat(report.differences()).isEmpty();
      assertThat(report.compared()).isPositive();
    }
  }

  private static TidewatchSettings inEuros(Path directory) throws IOException {
    Files.write(
        directory.resolve("rates.csv"), List.of("date,currency,rate", "2026-03-02,USD,0.9"));
    Path file = ConfigurationCopy.in(directory).tidewatchYaml();
    Files.write(file, List.of("currency: EUR", "fx_rates: rates.csv"), StandardOpenOption.APPEND);
    return LIVE.settings(file);
  }

  private static void tell(List<String> rates) {
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", LIVE.kafka()),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      rates.forEach(
          rate -> producer.send(new ProducerRecord<>(KafkaSources.FX_RATES, rate.getBytes(UTF_8))));
      producer.flush();
    }
  }

  private static List<String> rows(String query) {
    return LIVE.query(query).stream().map(row -> String.join(" ", row.values())).toList();
  }

  private static String payment(String id, String time, String amount, String currency) {
    return """
        {"id":"%s","type":"payment.succeeded","time":"%s",\
        "properties":{"amount":"%s","currency":"%s"}}"""
        .formatted(id, time, amount, currency);
  }

  private static String campaign(
      String id, String type, String property, String amount, String currency) {
    return """
        {"id":"%s","type":"%s","time":"2026-03-02T09:30:00Z","properties":{"campaign":"spring",\
        "channel":"search","%s":"%s","currency":"%s"}}"""
        .formatted(id, type, property, amount, currency);
  }

  private static String subscription(
      String id, String kind, String time, String customer, String amount, String currency) {
    return """
        {"id":"%s","type":"subscription.%s","time":"%s","customer_id":"%s","properties":\
        {"subscription_id":"sub-%s","plan":"pro","amount":"%s","currency":"%s","interval":"month"}}"""
        .formatted(id, kind, time, customer, customer, amount, currency);
  }
}
