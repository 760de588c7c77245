package io.tidewatch.clickhouse;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidewatch.event.Event;
import io.tidewatch.ingest.DeadLetter;
import io.tidewatch.ingest.LateEvent;
import io.tidewatch.ingest.QualityFlag;
import io.tidewatch.metric.MetricWindow;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ClickHouseSinksTest {

  @RegisterExtension static final LiveClickHouse CLICK_HOUSE = new LiveClickHouse();

  @RegisterExtension
  static final MiniClusterExtension FLINK =
      new MiniClusterExtension(
          new MiniClusterResourceConfiguration.Builder()
              .setNumberTaskManagers(1)
              .setNumberSlotsPerTaskManager(2)
              .build());

  private static final Instant TIME = Instant.parse("2011-05-01T10:00:00.123Z");

  @BeforeEach
  void empty() {
    CLICK_HOUSE.truncate("fact_events");
    CLICK_HOUSE.truncate("metric_windows");
  }

  @Test
  void writesEveryRowOfAJob() throws Exception {
    run(ClickHouseSinks.of(CLICK_HOUSE.endpoint(), Tables.FACT_EVENTS, Batching.DEFAULT), 12_345);

    assertThat(CLICK_HOUSE.value("SELECT count() FROM tidewatch.v_fact_events")).isEqualTo("12345");
    assertThat(CLICK_HOUSE.value("SELECT sum(amount) FROM tidewatch.v_fact_events"))
        .isEqualTo("246776.55"); // 12,345 × 19.99
  }

  @Test
  void writingAgainChangesNothing() throws Exception {
    run(ClickHouseSinks.of(CLICK_HOUSE.endpoint(), Tables.FACT_EVENTS, Batching.DEFAULT), 1_000);
    run(ClickHouseSinks.of(CLICK_HOUSE.endpoint(), Tables.FACT_EVENTS, Batching.DEFAULT), 1_000);

    assertThat(CLICK_HOUSE.value("SELECT count() FROM tidewatch.v_fact_events")).isEqualTo("1000");
  }

  @Test
  void writesAFewRowsOnceTheIntervalIsOver() throws Exception {
    StreamExecutionEnvironment environment = environment();
    environment
        .fromSequence(1, Long.MAX_VALUE)
        .filter(number -> number <= 3)
        .setParallelism(1)
        .map(ClickHouseSinksTest::event)
        .returns(Event.class)
        .setParallelism(1)
        .sinkTo(ClickHouseSinks.of(CLICK_HOUSE.endpoint(), Tables.FACT_EVENTS, Batching.DEFAULT))
        .setParallelism(1);
    JobClient job = environment.executeAsync();
    try {
      Eventually.hold(
          () -> CLICK_HOUSE.value("SELECT count() FROM tidewatch.v_fact_events").equals("3"));
    } finally {
      job.cancel().get(10, SECONDS);
    }
  }

  @Test
  void writesFullBatchesAndKeepsTheRestForTheInterval() throws Exception {
    Batching hourly = new Batching(100, Duration.ofHours(1), Duration.ofMinutes(5));
    StreamExecutionEnvironment environment = environment();
    environment
        .fromSequence(1, Long.MAX_VALUE)
        .filter(number -> number <= 250)
        .setParallelism(1)
        .map(ClickHouseSinksTest::event)
        .returns(Event.class)
        .setParallelism(1)
        .sinkTo(ClickHouseSinks.of(CLICK_HOUSE.endpoint(), Tables.FACT_EVENTS, hourly))
        .setParallelism(1);
    JobClient job = environment.executeAsync();
    try {
      Eventually.hold(
          () -> CLICK_HOUSE.value("SELECT count() FROM tidewatch.v_fact_events").equals("200"));
    } finally {
      job.cancel().get(10, SECONDS);
    }
  }

  @Test
  void waitsForClickHouseAndLosesNothing() throws Exception {
    Batching small = new Batching(100, Duration.ofMillis(100), Duration.ofMinutes(5));
    Sink<Event> sink = ClickHouseSinks.of(CLICK_HOUSE.endpoint(), Tables.FACT_EVENTS, small);
    CompletableFuture<Void> job = CompletableFuture.runAsync(() -> runUnchecked(sink, 20_000));
    Eventually.hold(
        () -> !CLICK_HOUSE.value("SELECT count() FROM tidewatch.fact_events").equals("0"));

    CLICK_HOUSE.kill();
    try {
      assertThatThrownBy(() -> job.get(3, SECONDS))
          .as("the job waits")
          .isInstanceOf(TimeoutException.class);
    } finally {
      CLICK_HOUSE.start();
    }

    job.get(120, SECONDS);
    assertThat(CLICK_HOUSE.value("SELECT count() FROM tidewatch.v_fact_events")).isEqualTo("20000");
    assertThat(CLICK_HOUSE.value("SELECT uniqExact(event_id) FROM tidewatch.v_fact_events"))
        .isEqualTo("20000");
  }

  @Test
  void canBeCancelledWhileClickHouseIsAway() throws Exception {
    CLICK_HOUSE.kill();
    try {
      StreamExecutionEnvironment environment = environment();
      environment
          .fromSequence(0, 1_000)
          .map(ClickHouseSinksTest::event)
          .returns(Event.class)
          .sinkTo(ClickHouseSinks.of(CLICK_HOUSE.endpoint(), Tables.FACT_EVENTS, Batching.DEFAULT));
      JobClient job = environment.executeAsync();
      Eventually.hold(() -> job.getJobStatus().get(5, SECONDS) == JobStatus.RUNNING);

      job.cancel().get(5, SECONDS);

      Eventually.hold(() -> job.getJobStatus().get(5, SECONDS).isTerminalState());
    } finally {
      CLICK_HOUSE.start();
    }
  }

  @Test
  void failsWithClickHousesOwnWordsWhenItRefusesARow() {
    Table<Event> tooLarge =
        Table.<Event>named("fact_events")
            .text("type", Event::type)
            .decimal("amount", event -> new BigDecimal("1E+20"))
            .whole("version", event -> 1)
            .build();

    assertThatThrownBy(
            () -> run(ClickHouseSinks.of(CLICK_HOUSE.endpoint(), tooLarge, Batching.DEFAULT), 1))
        .hasStackTraceContaining("ARGUMENT_OUT_OF_BOUND");
  }

  @Test
  void failsWhereTheTableIsMissing() {
    Table<Event> missing = Table.<Event>named("no_such").text("type", Event::type).build();

    assertThatThrownBy(
            () -> run(ClickHouseSinks.of(CLICK_HOUSE.endpoint(), missing, Batching.DEFAULT), 1))
        .hasStackTraceContaining("UNKNOWN_TABLE");
  }

  static List<String> oddTexts() {
    return List.of(
        "it's",
        "a \\ b \\' c \\n d",
        "line\nfeed\r\nand\n\n\nblank lines\n",
        "\ttabs\t",
        "what? {d '2011-01-01'} ${x} $1 -- /* ; */ VALUES (1)",
        "Zürich 東京 \u202e 😀 \ud83d\udc69\u200d\ud83d\ude80",
        "\u0001\u0007\u001b\u007f\ufeff",
        "{'a':'b'}",
        "NULL",
        "\\N",
        " ",
        "x".repeat(65_536),
        "'\\\n😀".repeat(16_384));
  }

  @ParameterizedTest
  @MethodSource("oddTexts")
  void keepsOddTextsAsTheyAre(String text) {
    Event odd =
        new Event(
            text,
            text,
            text,
            TIME,
            TIME,
            text,
            text,
            text,
            text,
            null,
            text,
            Map.of(text, text, "plain", text),
            false,
            Event.NEVER_LATE);

    CLICK_HOUSE.write(Tables.FACT_EVENTS, List.of(event(1), odd, event(2)));

    Map<String, String> row =
        CLICK_HOUSE
            .client()
            .query(
                """
                SELECT type, source, event_id, customer_id, user_id, anonymous_id, session_id,
                  currency, arrayJoin(mapKeys(properties)) AS key, properties[key] AS value
                FROM tidewatch.v_fact_events
                WHERE received_at = '2011-05-01 10:00:00.123' AND key != 'plain'
                  AND amount IS NULL""")
            .get(0);
    assertThat(row.values()).hasSize(10).containsOnly(text);
    assertThat(CLICK_HOUSE.value("SELECT count() FROM tidewatch.v_fact_events")).isEqualTo("3");
  }

  @Test
  void keepsAmountsExact() {
    BigDecimal fact = new BigDecimal("99999999999999.9999");
    BigDecimal window = new BigDecimal("-1234567890123456789012345678901234.5678");
    CLICK_HOUSE.write(Tables.FACT_EVENTS, List.of(withAmount(fact)));
    CLICK_HOUSE.write(Tables.METRIC_WINDOWS, List.of(window(window, 7, true)));

    assertThat(CLICK_HOUSE.value("SELECT amount FROM tidewatch.v_fact_events"))
        .isEqualTo(fact.toPlainString());
    assertThat(CLICK_HOUSE.value("SELECT amount FROM tidewatch.v_metric_windows"))
        .isEqualTo(window.toPlainString());
  }

  @Test
  void aFullerRowReplacesAPoorerOneInAnyOrder() {
    CLICK_HOUSE.write(Tables.METRIC_WINDOWS, List.of(window(BigDecimal.TEN, 21, true)));
    CLICK_HOUSE.write(Tables.METRIC_WINDOWS, List.of(window(BigDecimal.ONE, 2, false)));

    assertThat(
            CLICK_HOUSE
                .client()
                .query(
                    "SELECT metric, series, window_start, dims, value, amount, samples, is_final"
                        + " FROM tidewatch.v_metric_windows"))
        .containsExactly(
            Map.of(
                "metric", "net_revenue",
                "series", "country=DE",
                "window_start", "2011-05-01 10:00:00.123",
                "dims", "{'country':'DE'}",
                "value", "10",
                "amount", "10",
                "samples", "3",
                "is_final", "1"));
  }

  @Test
  void writesWhatIngestSetAside() {
    CLICK_HOUSE.write(
        Tables.DEAD_LETTERS,
        List.of(new DeadLetter("web", "web-events", 3, 42, TIME, "TIME_INVALID", "no time", "{}")));
    CLICK_HOUSE.write(
        Tables.LATE_EVENTS,
        List.of(
            new LateEvent(
                "page.viewed",
                TIME,
                "web",
                "e1",
                TIME,
                TIME.plusSeconds(7_200),
                List.of("1h 2011-05-01T10:00:00.000Z", "it's \\ odd"))));
    CLICK_HOUSE.write(
        Tables.DATA_QUALITY,
        List.of(
            new QualityFlag(
                "web", "e1", "URL_FORMAT", "page.viewed", TIME, TIME, "referrer", "x")));

    assertThat(
            CLICK_HOUSE.value(
                "SELECT (partition, offset, reason_code) FROM tidewatch.v_dead_letters"))
        .isEqualTo("(3,42,'TIME_INVALID')");
    assertThat(CLICK_HOUSE.value("SELECT windows[2] FROM tidewatch.v_late_events"))
        .isEqualTo("it's \\ odd");
    assertThat(CLICK_HOUSE.value("SELECT field FROM tidewatch.v_data_quality"))
        .isEqualTo("referrer");
  }

  private static void run(Sink<Event> sink, long rows) throws Exception {
    StreamExecutionEnvironment environment = environment();
    environment
        .fromSequence(1, rows)
        .map(ClickHouseSinksTest::event)
        .returns(Event.class)
        .sinkTo(sink);
    environment.execute();
  }

  private static void runUnchecked(Sink<Event> sink, long rows) {
    try {
      run(sink, rows);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static StreamExecutionEnvironment environment() {
    Configuration configuration = new Configuration();
    configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
    StreamExecutionEnvironment environment =
        StreamExecutionEnvironment.getExecutionEnvironment(configuration);
    environment.setParallelism(2);
    return environment;
  }

  private static Event event(long number) {
    return new Event(
        "billing-events",
        "evt-" + number,
        "payment.succeeded",
        TIME.plusMillis(number),
        TIME,
        "customer-1",
        null,
        null,
        null,
        new BigDecimal("19.99"),
        "EUR",
        Map.of("country", "DE"),
        false,
        Event.NEVER_LATE);
  }

  private static Event withAmount(BigDecimal amount) {
    return new Event(
        "billing-events",
        "evt",
        "payment.succeeded",
        TIME,
        TIME,
        "customer-1",
        null,
        null,
        null,
        amount,
        "EUR",
        Map.of(),
        false,
        Event.NEVER_LATE);
  }

  private static MetricWindow window(BigDecimal amount, long version, boolean isFinal) {
    return new MetricWindow(
        "net_revenue",
        "1h",
        "country=DE",
        TIME,
        TIME.plusSeconds(3_600),
        Map.of("country", "DE"),
        amount.doubleValue(),
        amount,
        3,
        isFinal,
        version);
  }
}
