package io.tidewatch.endtoend;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.time.temporal.ChronoUnit.MINUTES;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.job.Stage;
import io.tidewatch.job.TidewatchJob;
import io.tidewatch.local.flink.LocalFlink;
import io.tidewatch.metrics.MetricDefinition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.flink.api.common.JobID;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Two jobs with the topic {@code events} between them, compared with one job of all stages. */
class SplitStagesTest {

  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @RegisterExtension static final LiveStack LIVE = new LiveStack();

  @TempDir static Path directory;

  private final Instant minute = Instant.now().truncatedTo(MINUTES).minus(1, MINUTES);

  /**
   * What came of the input.
   *
   * @param windows final windows of metrics of events, without where they are still open
   */
  private record Outcome(
      List<String> windows, List<String> lateEvents, List<String> movements, String facts) {}

  /** Adds something to what happens while the jobs run. */
  @FunctionalInterface
  private interface Disturbance {
    void between(LocalFlink flink) throws Exception;
  }

  @Test
  void twoJobsGiveTheSameAsOneThoughBothFailBetween() throws Exception {
    try (LocalFlink flink = LocalFlink.start(conf(), directory.resolve("flink"), 0)) {
      Outcome ofOne = outcome(flink, List.of("all"), cluster -> {});
      assertThat(ofOne.windows())
          .anyMatch(row -> row.startsWith("api_requests 1m '' " + minute + " 100"))
          .anyMatch(row -> row.startsWith("net_revenue 1m '' " + minute + " 50"));
      assertThat(ofOne.lateEvents()).hasSize(1).first().asString().contains("late", "1h", "1m");
      assertThat(ofOne.movements()).hasSize(3);

      send("events", 0, "{");
      Outcome ofTwo =
          outcome(
              flink,
              List.of("ingest", "facts,revenue,customers,metrics,alerts"),
              SplitStagesTest::failTaskManager);
      assertThat(ofTwo).isEqualTo(ofOne);
    }
  }

  private Outcome outcome(LocalFlink flink, List<String> jobs, Disturbance disturbance)
      throws Exception {
    LIVE.empty();
    List<JobID> running = jobs.stream().map(stages -> submit(flink, stages)).toList();

    send("api-events", 0, IntStream.range(0, 60).mapToObj(i -> request("r" + i, at(i))));
    send("api-events", 1, IntStream.range(0, 40).mapToObj(i -> request("s" + i, at(i))));
    send("marketing-events", 0, IntStream.range(0, 5).mapToObj(this::click));
    send("payment-events", 1, IntStream.range(0, 5).mapToObj(this::payment));
    send("customer-events", 0, IntStream.range(0, 3).mapToObj(this::subscription));
    awaitFinal("api_requests", minute, 100);
    awaitFinal("ad_clicks", minute, 5);
    awaitFinal("net_revenue", minute, 50);

    disturbance.between(flink);

    // corrects its windows, comes again, and comes too late for all but the day
    Instant before = minute.minus(30, MINUTES);
    send("api-events", 1, Stream.of(request("correction", before)));
    send("payment-events", 1, Stream.of(payment(0)));
    send("api-events", 0, Stream.of(request("late", minute.minus(180, MINUTES))));
    awaitFinal("api_requests", before, 1);
    await("a late event", "SELECT count() = 1 FROM tidewatch.v_late_events");
    await("all facts", "SELECT count() = 115 FROM tidewatch.v_fact_events");
    running.forEach(flink::stop);
    return new Outcome(
        rows(
            """
            SELECT concat(metric, ' ', window, ' \\'', series, '\\' ',
                formatDateTime(window_start, '%%FT%%TZ', 'UTC'), ' ', toString(value), ' ',
                ifNull(toString(amount), ''), ' ', toString(samples)) AS row
            FROM tidewatch.v_metric_windows
            WHERE is_final AND metric NOT IN (%s)
              AND window_end <= toDateTime64(%d, 3, 'UTC')
            ORDER BY row
            """
                .formatted(metricsOfRecords(), minute.plus(1, MINUTES).getEpochSecond())),
        rows(
            """
            SELECT concat(event_id, ' ', toString(windows)) AS row
            FROM tidewatch.v_late_events ORDER BY row
            """),
        rows(
            """
            SELECT concat(customer_id, ' ', event_id, ' ', kind, ' ', toString(delta)) AS row
            FROM tidewatch.v_mrr_movements ORDER BY row
            """),
        LIVE.value("SELECT count() FROM tidewatch.v_fact_events"));
  }

  private static JobID submit(LocalFlink flink, String stages) {
    TidewatchJob job = new TidewatchJob(LIVE.settings(), Stage.parse(stages));
    return flink.submit(
        stages,
        environment -> {
          // one of them with two writers, the other with a parallelism of its own
          environment.setParallelism(stages.startsWith("facts") ? 1 : 2);
          job.defineLive(environment);
        },
        Optional.empty());
  }

  private static void failTaskManager(LocalFlink flink) throws Exception {
    flink.cluster().terminateTaskManager(0).get();
    flink.cluster().startTaskManager();
  }

  /** Room for two jobs; readers of the topic need not wait long for a checkpoint. */
  private static Path conf() throws IOException {
    String local = Files.readString(LiveStack.conf().resolve("local").resolve("config.yaml"));
    assertThat(local).contains("numberOfTaskSlots: 2", "interval: 20s");
    Path conf = Files.createDirectories(directory.resolve("conf"));
    Files.writeString(
        conf.resolve("config.yaml"),
        local
            .replace("numberOfTaskSlots: 2", "numberOfTaskSlots: 3")
            .replace("interval: 20s", "interval: 3s"));
    return conf;
  }

  private static String metricsOfRecords() {
    return LIVE.settings().definitions().metrics().metrics().stream()
        .filter(MetricDefinition::arrivalClock)
        .map(metric -> "'" + metric.name() + "'")
        .collect(Collectors.joining(", "));
  }

  private static List<String> rows(String query) {
    return LIVE.query(query).stream().map(row -> row.get("row")).toList();
  }

  private static void awaitFinal(String metric, Instant start, int value) {
    await(
        "%s at %s is %d".formatted(metric, start, value),
        """
        SELECT count() = 1 FROM tidewatch.v_metric_windows
        WHERE metric = '%s' AND window = '1m' AND series = '' AND is_final
          AND window_start = toDateTime64(%d, 3, 'UTC') AND value = %d
        """
            .formatted(metric, start.getEpochSecond(), value));
  }

  private static void await(String what, String query) {
    Callable<Boolean> condition = () -> LIVE.value(query).matches("1|true");
    Patience.await(what, PATIENCE, condition);
  }

  private Instant at(int number) {
    return minute.plusMillis(number * 900L);
  }

  private static String request(String id, Instant time) {
    return """
        {"id":"%s","type":"api.request","time":"%s","customer_id":"c1","properties":{\
        "endpoint":"/analyze","method":"GET","status_code":200,"response_time_ms":12}}"""
        .formatted(id, time);
  }

  private String click(int number) {
    return """
        {"id":"k%d","type":"ad.click","time":"%s",\
        "properties":{"campaign":"spring","channel":"search"}}"""
        .formatted(number, at(number));
  }

  private String payment(int number) {
    return """
        {"id":"p%d","type":"payment.succeeded","time":"%s","customer_id":"c%d",\
        "properties":{"amount":"10.00","currency":"EUR","plan":"pro","country":"DE"}}"""
        .formatted(number, at(number), number);
  }

  private String subscription(int number) {
    return """
        {"id":"b%d","type":"subscription.started","time":"%s","customer_id":"c%d",\
        "properties":{"subscription_id":"s%d","plan":"pro","amount":"120.00","currency":"EUR",\
        "interval":"year","status":"active"}}"""
        .formatted(number, at(number), number, number);
  }

  private static void send(String topic, int partition, String text) {
    send(topic, partition, Stream.of(text));
  }

  private static void send(String topic, int partition, Stream<String> texts) {
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", LIVE.kafka()),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      texts.forEach(
          text ->
              producer.send(new ProducerRecord<>(topic, partition, null, text.getBytes(UTF_8))));
    }
  }
}
