package io.tidewatch.clickhouse.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.clickhouse.LiveClickHouse;
import io.tidewatch.clickhouse.ReportingSettings;
import io.tidewatch.clickhouse.Tables;
import io.tidewatch.config.Problems;
import io.tidewatch.currency.Conversion;
import io.tidewatch.currency.FxRate;
import io.tidewatch.currency.FxRates;
import io.tidewatch.currency.ReportingCurrency;
import io.tidewatch.event.Event;
import io.tidewatch.ingest.LateEvent;
import io.tidewatch.metric.MetricWindow;
import io.tidewatch.metrics.MetricCatalogue;
import io.tidewatch.revenue.UnitEconomics;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Facts through the metric model in Java on one side, through ClickHouse on the other. */
class VerificationTest {

  @RegisterExtension static final LiveClickHouse CLICK_HOUSE = new LiveClickHouse();

  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
  private static final LocalDate DAY = LocalDate.of(2026, 3, 10);

  private static final String METRICS =
      """
      - name: net_revenue
        unit: currency
        inputs:
          gross: {event: payment.succeeded, sum: amount}
          refunds: {event: payment.refunded, sum: amount}
        formula: gross - refunds
        by: [[country], [country, currency]]
        windows: [1m, 15m, 1h, 1d]
        rolling: [7d]
      - name: api_error_rate
        unit: ratio
        inputs:
          errors: {event: api.request, where: {status_code: ">= 500"}, count: true}
          requests: {event: api.request, count: true}
        formula: errors / requests
        by: [[endpoint]]
        windows: [5m, 1d]
      - name: errors_per_payment
        unit: ratio
        inputs:
          errors: {event: api.request, where: {status_code: [500, "503.0"]}, count: true}
          payments: {event: payment.succeeded, count: true}
        formula: errors / payments
        windows: [1h, 1d]
      - name: response_time_avg
        unit: milliseconds
        inputs:
          time: {event: api.request, avg: response_time_ms}
        by: [[endpoint]]
        windows: [1h]
      - name: response_time_min
        unit: milliseconds
        inputs:
          time: {event: api.request, min: response_time_ms}
        windows: [30m]
      - name: response_time_max
        unit: milliseconds
        inputs:
          time: {event: api.request, max: response_time_ms}
        windows: [30m]
      - name: response_time_last
        unit: milliseconds
        inputs:
          time: {event: api.request, last: response_time_ms}
        by: [[source]]
        windows: [1h]
      - name: response_time_p50
        unit: milliseconds
        inputs:
          time: {event: api.request, p50: response_time_ms}
        by: [[endpoint]]
        windows: [5m, 1d]
      - name: response_time_p99
        unit: milliseconds
        inputs:
          time: {event: api.request, p99: response_time_ms}
        windows: [1h, 1d]
      - name: active_customers
        unit: count
        inputs:
          customers: {event: any, distinct: customer_id}
        windows: [1h, 1d]
        rolling: [7d]
      - name: visitors
        unit: count
        inputs:
          people: {event: [page.viewed, api.request], distinct: [user_id, anonymous_id]}
        by: [[country]]
        windows: [1h, 1d]
      - name: requests_per_visitor
        unit: ratio
        inputs:
          requests: {event: api.request, count: true}
          people: {event: [page.viewed, api.request], distinct: [user_id, anonymous_id]}
        formula: (requests + 1) * 2 / people
        windows: [1h, 1d]
      - name: events_per_second
        unit: ratio
        inputs:
          events: {event: any, count: true}
        formula: events / (window_end - window_start)
        windows: [1h, 1d]
      - name: average_health
        unit: score
        inputs:
          score: {event: customer.scored, avg: score}
        windows: [1d]
      - name: first_response_minutes
        unit: minutes
        inputs:
          time: {between: {from: ticket.opened, to: ticket.responded, key: ticket_id}, avg: minutes}
        windows: [1d]
      """;

  @TempDir private Path directory;

  private MetricCatalogue catalogue;

  @BeforeEach
  void empty() throws IOException {
    CLICK_HOUSE.truncate("fact_events");
    CLICK_HOUSE.truncate("late_events");
    CLICK_HOUSE.truncate("metric_windows");
    catalogue = load(Files.writeString(directory.resolve("metrics.yaml"), METRICS));
  }

  private static MetricCatalogue load(Path file) {
    Problems problems = new Problems();
    MetricCatalogue loaded = MetricCatalogue.load(file, Set.of(), problems);
    problems.throwIfAny();
    return loaded;
  }

  @Test
  void agreesWithTheMetricModelOnEveryAggregate() {
    List<Event> events = events(6_000, DAY.minusDays(7), DAY.plusDays(2));
    write(events, List.of());

    VerificationReport report = verify(DAY);

    assertThat(report.differences()).isEmpty();
    assertThat(report.compared()).isGreaterThan(2_000);
    assertThat(report.open()).isZero();
    assertThat(report.skipped())
        .containsOnlyKeys("average_health", "first_response_minutes")
        .containsEntry("average_health", "reads customer.scored, which a stage derives");
    assertThat(report.verified()).hasSize(13);
  }

  @Test
  void verifiesMetricsOfTypesThatOnlyAProducerSends() throws IOException {
    catalogue =
        load(
            Files.writeString(
                directory.resolve("metrics.yaml"),
                """
                - name: rides
                  unit: count
                  inputs:
                    ended: {event: session.ended, count: true}
                  windows: [1h]
                """));
    Instant noon = DAY.atTime(12, 0).atZone(BERLIN).toInstant();
    CLICK_HOUSE.write(
        Tables.FACT_EVENTS, List.of(ride("r1", noon), ride("r2", noon.plusSeconds(3_600))));
    CLICK_HOUSE.write(
        Tables.METRIC_WINDOWS,
        new WindowsInMemory(catalogue, BERLIN)
            .compute(List.of(ride("r2", noon.plusSeconds(3_600)))));

    VerificationReport report = verify(DAY);

    assertThat(report.skipped()).isEmpty();
    assertThat(report.differences())
        .extracting(Difference::toString)
        .singleElement()
        .asString()
        .startsWith("rides 1h 2026-03-10 11:00:00.000")
        .endsWith("the job wrote no final row");
  }

  @Test
  void agreesOnEveryShippedMetric() {
    catalogue = load(Path.of(System.getProperty("tidewatch.home"), "flink-conf", "metrics.yaml"));
    write(events(2_000, DAY, DAY.plusDays(2)), List.of());

    VerificationReport report = verify(DAY);

    assertThat(report.differences()).isEmpty();
    assertThat(report.compared()).isGreaterThan(1_000);
    assertThat(report.verified()).contains("gross_revenue", "response_time_p95", "active_users");
  }

  @Test
  void agreesOnDaysOf23And25Hours() {
    for (LocalDate day : List.of(LocalDate.of(2026, 3, 29), LocalDate.of(2026, 10, 25))) {
      List<Event> events = events(1_500, day.minusDays(1), day.plusDays(2));
      write(events, List.of());

      VerificationReport report = verify(day);

      assertThat(report.differences()).isEmpty();
      assertThat(report.compared()).isGreaterThan(500);
    }
  }

  @Test
  void agreesWithinBoundsOnManyDistinctValuesAndSamples() {
    Random random = new Random(3);
    List<Event> events = new ArrayList<>();
    Instant noon = DAY.atTime(12, 0).atZone(BERLIN).toInstant();
    for (int i = 0; i < 30_000; i++) {
      events.add(
          request(
              "e" + i,
              noon.plusMillis(random.nextInt(3_000_000)),
              "customer-" + random.nextInt(25_000),
              Double.toString(Math.round(Math.exp(random.nextGaussian() + 4) * 1000) / 1000.0)));
    }
    events.add(request("later", noon.plusSeconds(200_000), "x", "1"));
    write(events, List.of());

    assertThat(verify(DAY).differences()).isEmpty();
  }

  @Test
  void leavesOutOfEachWindowWhatMissedIt() {
    List<Event> events = events(500, DAY, DAY.plusDays(2));
    List<Event> late = new ArrayList<>();
    Instant time = DAY.atTime(9, 30).atZone(BERLIN).toInstant();
    for (int i = 0; i < 20; i++) {
      late.add(request("late" + i, time.plusSeconds(i), "late-customer", "9999"));
    }
    write(events, List.of());
    CLICK_HOUSE.write(Tables.FACT_EVENTS, late);
    assertThat(verify(DAY).agrees()).isFalse();

    // 09:30 in Berlin is 08:30 in UTC; every window of the day was missed.
    List<String> missed = new ArrayList<>();
    for (int minute = 0; minute < 60; minute++) {
      for (String name : List.of("1m", "5m", "15m", "30m", "1h")) {
        missed.add("%s 2026-03-10T08:%02d:00.000Z".formatted(name, minute));
      }
    }
    missed.add("1d 2026-03-09T23:00:00.000Z");
    missed.add("7d 2026-03-03T23:00:00.000Z");
    CLICK_HOUSE.write(
        Tables.LATE_EVENTS,
        late.stream()
            .map(
                e ->
                    new LateEvent(
                        e.type(), e.time(), e.source(), e.id(), e.receivedAt(), e.time(), missed))
            .toList());

    assertThat(verify(DAY).differences()).isEmpty();
  }

  @Test
  void listsAWrongAMissingAndASuperfluousWindow() {
    write(events(300, DAY, DAY.plusDays(2)), List.of());
    MetricWindow wrong = window("net_revenue", "1d", "", new BigDecimal("1.0001"), 99);
    MetricWindow superfluous =
        window("net_revenue", "1d", "country=Atlantis", new BigDecimal("5"), 1);
    CLICK_HOUSE.write(Tables.METRIC_WINDOWS, List.of(wrong, superfluous));
    CLICK_HOUSE
        .client()
        .execute(
            """
            INSERT INTO tidewatch.metric_windows (metric, window, series, window_start, window_end, version, is_deleted)
            SELECT metric, window, series, window_start, window_end, 1000000, 1
            FROM tidewatch.v_metric_windows
            WHERE metric = 'active_customers' AND window = '1d'
              AND window_start = '2026-03-09 23:00:00.000'""");

    VerificationReport report = verify(DAY);

    assertThat(report.differenceCount()).isEqualTo(3);
    assertThat(report.differences())
        .extracting(Difference::toString)
        .anySatisfy(
            text ->
                assertThat(text)
                    .startsWith("net_revenue 1d 2026-03-09 23:00:00.000: facts give")
                    .endsWith("the job wrote 1.0001"))
        .anySatisfy(
            text ->
                assertThat(text)
                    .isEqualTo(
                        "net_revenue 1d 2026-03-09 23:00:00.000 country=Atlantis: facts give no row, the job wrote 5"))
        .anySatisfy(
            text ->
                assertThat(text)
                    .startsWith("active_customers 1d")
                    .endsWith("the job wrote no final row"));
  }

  /** Some dollars are converted, some have no rate yet. */
  @Test
  void agreesWhereMoneyIsConverted() {
    List<FxRate> published =
        List.of(
            FxRate.parse(DAY.minusDays(2).toString(), "USD", "0.912345678912", "EUR", 1),
            FxRate.parse(DAY.toString(), "USD", "1.1", "EUR", 1),
            FxRate.parse(DAY.toString(), "USD", "0.85", "EUR", 2));
    CLICK_HOUSE.write(Tables.FX_RATES, published);
    new ReportingSettings(
            BERLIN, Optional.of(new ReportingCurrency("EUR", List.of())), UnitEconomics.UNKNOWN)
        .applyTo(CLICK_HOUSE.client());
    FxRates rates = new FxRates();
    published.forEach(rates::add);
    Conversion conversion = new Conversion("EUR");
    List<Event> facts = events(6_000, DAY.minusDays(7), DAY.plusDays(2));
    CLICK_HOUSE.write(Tables.FACT_EVENTS, facts);
    CLICK_HOUSE.write(
        Tables.METRIC_WINDOWS,
        new WindowsInMemory(catalogue, BERLIN)
            .compute(
                facts.stream()
                    .map(
                        fact ->
                            conversion.concerns(fact)
                                ? rates
                                    .at(fact.currency(), fact.time().atZone(BERLIN).toLocalDate())
                                    .map(rate -> conversion.converted(fact, rate))
                                    .orElseGet(() -> conversion.withoutMoney(fact))
                                : fact)
                    .toList()));

    VerificationReport report =
        new Verification(CLICK_HOUSE.client(), BERLIN, true).verify(DAY, catalogue.metrics());

    assertThat(report.differences()).isEmpty();
    assertThat(report.compared()).isGreaterThan(2_000);
    assertThat(verify(DAY).agrees()).as("without conversion").isFalse();
  }

  @Test
  void leavesOutWindowsThatEventTimeHasNotPassed() {
    List<Event> events = events(300, DAY, DAY.plusDays(1));
    CLICK_HOUSE.write(Tables.FACT_EVENTS, events);
    Instant noon = DAY.atTime(12, 0).atZone(BERLIN).toInstant();
    CLICK_HOUSE.write(
        Tables.METRIC_WINDOWS,
        new WindowsInMemory(catalogue, BERLIN)
            .compute(events).stream().filter(w -> !w.windowEnd().isAfter(noon)).toList());

    VerificationReport report = verify(DAY);

    assertThat(report.differences()).isEmpty();
    assertThat(report.compared()).isPositive();
  }

  @Test
  void comparesOnlyTheTotalWhereSeriesWereCapped() {
    write(events(300, DAY, DAY.plusDays(2)), List.of());
    CLICK_HOUSE.write(
        Tables.METRIC_WINDOWS,
        List.of(window("net_revenue", "1d", "country=~other", BigDecimal.TEN, 1)));

    VerificationReport report = verify(DAY);

    assertThat(report.differences()).isEmpty();
    assertThat(report.capped()).isPositive();
  }

  private VerificationReport verify(LocalDate day) {
    return new Verification(CLICK_HOUSE.client(), BERLIN, false).verify(day, catalogue.metrics());
  }

  private void write(List<Event> facts, List<LateEvent> late) {
    CLICK_HOUSE.write(Tables.FACT_EVENTS, facts);
    CLICK_HOUSE.write(Tables.LATE_EVENTS, late);
    CLICK_HOUSE.write(Tables.METRIC_WINDOWS, new WindowsInMemory(catalogue, BERLIN).compute(facts));
  }

  private static MetricWindow window(
      String metric, String window, String series, BigDecimal amount, long version) {
    Instant start = DAY.atStartOfDay(BERLIN).toInstant();
    return new MetricWindow(
        metric,
        window,
        series,
        start,
        DAY.plusDays(1).atStartOfDay(BERLIN).toInstant(),
        Map.of(),
        amount.doubleValue(),
        amount,
        1,
        true,
        1_000_000 + version);
  }

  private static Event ride(String id, Instant time) {
    return new Event(
        "rides",
        id,
        "session.ended",
        time,
        time,
        null,
        null,
        null,
        null,
        null,
        null,
        Map.of(),
        false,
        Event.NEVER_LATE);
  }

  private static Event request(String id, Instant time, String customer, String milliseconds) {
    return new Event(
        "api-events",
        id,
        "api.request",
        time,
        time,
        customer,
        customer,
        null,
        null,
        null,
        null,
        Map.of("endpoint", "/a", "status_code", "200", "response_time_ms", milliseconds),
        false,
        Event.NEVER_LATE);
  }

  /** Events of all sorts, some odd, evenly spread over the days. */
  private static List<Event> events(int count, LocalDate from, LocalDate until) {
    Random random = new Random(7);
    long start = from.atStartOfDay(BERLIN).toInstant().toEpochMilli();
    long end = until.atStartOfDay(BERLIN).toInstant().toEpochMilli();
    String[] types = {"api.request", "payment.succeeded", "payment.refunded", "page.viewed", "odd"};
    String[] endpoints = {"/a", "/b?x=1,2", "50%", "", "/ü😀\n'\\"};
    String[] countries = {"DE", "FR", null};
    String[] statuses = {"200", "500", "503", "499.9", "abc", "0500"};
    List<Event> events = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Instant time = Instant.ofEpochMilli(start + (end - start) * i / count);
      String type = types[random.nextInt(types.length)];
      Map<String, String> properties = new HashMap<>();
      String country = countries[random.nextInt(countries.length)];
      if (country != null) {
        properties.put("country", country);
      }
      if (type.equals("api.request")) {
        properties.put("endpoint", endpoints[random.nextInt(endpoints.length)]);
        properties.put("status_code", statuses[random.nextInt(statuses.length)]);
        if (random.nextInt(10) > 0) {
          properties.put(
              "response_time_ms",
              random.nextInt(20) == 0 ? "fast" : random.nextInt(5_000) + "." + random.nextInt(100));
        }
      }
      boolean money = type.startsWith("payment");
      events.add(
          new Event(
              random.nextBoolean() ? "api-events" : "web-events",
              "e" + i,
              type,
              time,
              time.plusMillis(5),
              random.nextInt(4) == 0 ? null : "customer-" + random.nextInt(50),
              random.nextInt(2) == 0 ? null : "user-" + random.nextInt(80),
              random.nextInt(3) == 0 ? null : "browser-" + random.nextInt(80),
              null,
              money ? BigDecimal.valueOf(random.nextInt(1_000_000), random.nextInt(5)) : null,
              money ? (random.nextBoolean() ? "EUR" : "USD") : null,
              properties,
              false,
              Event.NEVER_LATE));
    }
    return events;
  }
}
