package io.tidewatch.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidewatch.clickhouse.verify.VerificationReport;
import io.tidewatch.local.replay.Replay;
import io.tidewatch.retail.RetailRecording;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Half a year of a real shop gives the numbers that decimal arithmetic gave elsewhere. */
class RetailReplayTest {

  @RegisterExtension static final LiveStack LIVE = new LiveStack();

  private static JsonNode expected;
  private static List<String> events;
  private static Replay.Outcome outcome;

  @BeforeAll
  static void replay(@TempDir Path directory) throws IOException {
    expected =
        new ObjectMapper()
            .readTree(RetailReplayTest.class.getResourceAsStream("/retail/expected.json"));
    events = RetailRecording.events();
    Path file = Files.write(directory.resolve("retail.jsonl"), events);
    LIVE.empty();
    long start = System.nanoTime();
    outcome = LIVE.replay(file);
    double seconds = (System.nanoTime() - start) / 1e9;
    System.out.printf(
        "Replayed %,d records in %.0f s: %,.0f per second%n",
        events.size(), seconds, events.size() / seconds);
  }

  @Test
  void accountsForEachRecord() {
    assertThat(outcome.sent()).isEqualTo(expected.get("lines").asLong()).isEqualTo(events.size());
    assertThat(outcome.isComplete()).isTrue();
    assertThat(outcome.counts())
        .hasToString(
            "read=209029 accepted=209029 rejected=0 duplicate=0 no_consent=0 erased=0 late=0");
    assertThat(LIVE.value("SELECT count() FROM tidewatch.v_fact_events")).isEqualTo("209029");
    assertThat(LIVE.value("SELECT count() FROM tidewatch.v_dead_letters")).isEqualTo("0");
    assertThat(LIVE.value("SELECT count() FROM tidewatch.v_late_events")).isEqualTo("0");
  }

  @Test
  void addsUpEachDay() {
    Map<String, BigDecimal> gross = perDay(day -> money(day.get("gross")));
    Map<String, BigDecimal> refunds = perDay(day -> money(day.get("cancelled")).negate());
    refunds.values().removeIf(none -> none.signum() == 0);
    Map<String, BigDecimal> net = perDay(day -> money(day.get("net")));
    assertThat(gross).hasSizeGreaterThan(120);
    assertThat(amounts("gross_revenue", "1d")).isEqualTo(gross);
    assertThat(amounts("refunds", "1d")).isEqualTo(refunds);
    assertThat(amounts("net_revenue", "1d")).isEqualTo(net);
  }

  @Test
  void countsTheCustomersOfEachDay() {
    assertThat(
            byStart(
                "active_customers", "1d", row -> new BigDecimal(row.get("value")).toBigInteger()))
        .isEqualTo(perDay(day -> day.get("customers").bigIntegerValue()));
  }

  @Test
  void addsUpEachHour() {
    Map<String, BigDecimal> net = new TreeMap<>();
    expected
        .get("net_per_hour_utc")
        .properties()
        .forEach(hour -> net.put(hour.getKey(), money(hour.getValue())));
    assertThat(net).hasSizeGreaterThan(1_000);
    assertThat(amounts("net_revenue", "1h")).isEqualTo(net);
  }

  @Test
  void theFactsGiveTheSame() {
    for (String day : List.of("2010-12-01", "2011-02-28")) {
      VerificationReport report = LIVE.verify(LocalDate.parse(day));
      assertThat(report.differences()).isEmpty();
      assertThat(report.compared()).isGreaterThan(1_000);
    }
  }

  @Test
  void addsUpEachCountry() {
    Map<String, BigDecimal> net = new TreeMap<>();
    expected
        .get("net_per_country")
        .properties()
        .forEach(country -> net.put(country.getKey(), money(country.getValue())));
    Map<String, BigDecimal> found = new TreeMap<>();
    LIVE.query(
            """
            SELECT dims['country'] AS country, toString(sum(amount)) AS net
            FROM tidewatch.v_metric_windows
            WHERE metric = 'net_revenue' AND window = '1d' AND startsWith(series, 'country=')
            GROUP BY country
            """)
        .forEach(
            row ->
                found.put(row.get("country"), new BigDecimal(row.get("net")).stripTrailingZeros()));
    assertThat(found).isEqualTo(net);
  }

  @Test
  void followsTheCohortOfEachMonth() {
    Map<String, Long> active = new TreeMap<>();
    expected
        .get("cohort_active_customers")
        .properties()
        .forEach(
            cohort ->
                cohort
                    .getValue()
                    .properties()
                    .forEach(
                        month ->
                            active.put(
                                cohort.getKey() + ' ' + month.getKey(),
                                month.getValue().asLong())));
    Map<String, Long> found = new TreeMap<>();
    LIVE.query(
            """
            SELECT formatDateTime(cohort, '%Y-%m') AS cohort,
              formatDateTime(addMonths(retention.cohort, period), '%Y-%m') AS month,
              active_customers
            FROM tidewatch.v_cohort_retention_monthly AS retention
            """)
        .forEach(
            row ->
                found.put(
                    row.get("cohort") + ' ' + row.get("month"),
                    Long.valueOf(row.get("active_customers"))));
    assertThat(found).hasSize(21).isEqualTo(active);
    assertThat(
            LIVE.value(
                """
                SELECT sum(customers) FROM tidewatch.v_cohort_retention_weekly WHERE period = 0
                """))
        .isEqualTo(String.valueOf(sum(expected.get("new_customers_per_month"))));
  }

  private static long sum(JsonNode months) {
    long sum = 0;
    for (JsonNode month : months) {
      sum += month.asLong();
    }
    return sum;
  }

  private static <T> Map<String, T> perDay(Function<JsonNode, T> value) {
    Map<String, T> days = new TreeMap<>();
    expected
        .get("per_day")
        .properties()
        .forEach(day -> days.put(day.getKey() + "T00:00:00Z", value.apply(day.getValue())));
    return days;
  }

  private static Map<String, BigDecimal> amounts(String metric, String window) {
    return byStart(metric, window, row -> new BigDecimal(row.get("amount")).stripTrailingZeros());
  }

  private static <T> Map<String, T> byStart(
      String metric, String window, Function<Map<String, String>, T> value) {
    Map<String, T> windows = new TreeMap<>();
    LIVE.query(
            """
            SELECT formatDateTime(window_start, '%%Y-%%m-%%dT%%H:%%i:%%SZ') AS start,
              toString(amount) AS amount, value
            FROM tidewatch.v_metric_windows
            WHERE metric = '%s' AND window = '%s' AND series = '' AND is_final
            """
                .formatted(metric, window))
        .forEach(row -> windows.put(row.get("start"), value.apply(row)));
    return windows;
  }

  private static BigDecimal money(JsonNode text) {
    return new BigDecimal(text.asText()).stripTrailingZeros();
  }
}
