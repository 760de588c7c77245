package io.tidewatch.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Two months of random subscriptions, in time: metrics and views tell the same story. */
class RevenueReplayTest {

  @RegisterExtension static final LiveStack LIVE = new LiveStack();

  private static final Instant START = Instant.parse("2026-01-20T00:00:00Z");
  private static final int CUSTOMERS = 40;
  private static final List<String> PLANS = List.of("basic", "pro", "enterprise");

  /** What the subscriptions bring in the end, as the events say it. */
  private static final Map<String, BigDecimal> CURRENT = new TreeMap<>();

  /** Events of a customer apply by time, then kind, then id. */
  private record Sent(
      Instant time, String type, String id, String subscription, BigDecimal pays, String record) {

    static final Comparator<Sent> IN_ORDER =
        Comparator.comparing(Sent::time)
            .thenComparing(sent -> List.of("started", "changed", "canceled").indexOf(sent.type()))
            .thenComparing(Sent::id);
  }

  @BeforeAll
  static void replay(@TempDir Path directory) throws IOException {
    List<Sent> events = lives(new Random(7));
    List<String> records = new ArrayList<>();
    for (Sent event : events) {
      records.add(event.record());
      if (records.size() % 7 == 0) {
        // producers resend
        records.add(event.record());
      }
    }
    LIVE.empty();
    assertThat(LIVE.replay(Files.write(directory.resolve("lives.jsonl"), records)).isComplete())
        .isTrue();
    assertThat(LIVE.value("SELECT count() FROM tidewatch.v_late_events")).isEqualTo("0");
  }

  @Test
  void theWindowsOfADayAreTheColumnsOfItsRow() {
    Map<String, String> columns =
        Map.of(
            "new_mrr", "new",
            "expansion_mrr", "expansion",
            "contraction_mrr", "contraction",
            "churned_mrr", "churn",
            "reactivation_mrr", "reactivation");
    columns.forEach(
        (metric, column) ->
            assertThat(
                    amounts(
                        """
                        SELECT toDate(window_start) AS day, amount
                        FROM tidewatch.v_metric_windows
                        WHERE metric = '%s' AND window = '1d' AND series = '' AND is_final
                          AND amount != 0"""
                            .formatted(metric)))
                .as(metric)
                .hasSizeGreaterThan(3)
                .isEqualTo(
                    amounts(
                        """
                        SELECT day, `%1$s` AS amount
                        FROM tidewatch.v_mrr_daily WHERE `%1$s` != 0"""
                            .formatted(column))));
  }

  @Test
  void eachDayAndMonthGoesOnFromTheOneBefore() {
    for (String view : List.of("v_mrr_daily", "v_mrr_monthly")) {
      List<Map<String, String>> rows =
          LIVE.query("SELECT * FROM tidewatch.%s ORDER BY 1".formatted(view));
      BigDecimal closing = BigDecimal.ZERO;
      for (Map<String, String> row : rows) {
        assertThat(number(row, "opening")).isEqualByComparingTo(closing);
        closing =
            number(row, "opening")
                .add(number(row, "new"))
                .add(number(row, "expansion"))
                .add(number(row, "reactivation"))
                .subtract(number(row, "contraction"))
                .subtract(number(row, "churn"));
        assertThat(number(row, "closing")).isEqualByComparingTo(closing);
      }
      assertThat(closing)
          .as(view)
          .isPositive()
          .isEqualByComparingTo(CURRENT.values().stream().reduce(BigDecimal.ZERO, BigDecimal::add));
    }
  }

  @Test
  void unitEconomicsBeginAndEndWithTheMonth() {
    assertThat(
            LIVE.query(
                """
                SELECT month, mrr, toString(arr) AS arr FROM tidewatch.v_unit_economics
                WHERE dimension = '' ORDER BY month"""))
        .isEqualTo(
            LIVE.query(
                """
                SELECT month, closing AS mrr, toString(12 * closing) AS arr
                FROM tidewatch.v_mrr_monthly ORDER BY month"""));
  }

  /** Events in order of time, so that none is late; of one moment in any order. */
  private static List<Sent> lives(Random random) {
    List<Sent> events = new ArrayList<>();
    for (int customer = 0; customer < CUSTOMERS; customer++) {
      Instant time = START;
      int changes = 1 + random.nextInt(6);
      for (int change = 0; change < changes; change++) {
        if (change == 0 || random.nextInt(3) > 0) {
          time = time.plus(Duration.ofMinutes(1 + random.nextInt(20 * 24 * 60)));
        }
        boolean canceled = change > 0 && random.nextInt(3) == 0;
        String type = canceled ? "canceled" : change == 0 ? "started" : "changed";
        String subscription = "subscription-" + customer + '-' + random.nextInt(2);
        BigDecimal amount = BigDecimal.valueOf(1_000L + random.nextInt(9_000), 2);
        String id = "event-%d-%d".formatted(customer, 9 - change);
        String identity =
            """
            "id":"%s","time":"%s","customer_id":"customer-%d",""".formatted(id, time, customer);
        events.add(
            new Sent(
                time,
                type,
                id,
                subscription,
                canceled ? BigDecimal.ZERO : amount,
                canceled
                    ? """
                    {%s"type":"subscription.canceled","properties":{"subscription_id":"%s"}}"""
                        .formatted(identity, subscription)
                    : """
                    {%s"type":"subscription.%s","properties":{"subscription_id":"%s",\
                    "plan":"%s","amount":"%s","currency":"EUR","interval":"month"}}"""
                        .formatted(
                            identity,
                            type,
                            subscription,
                            PLANS.get(random.nextInt(PLANS.size())),
                            amount)));
      }
    }
    events.stream()
        .sorted(Sent.IN_ORDER)
        .forEach(event -> CURRENT.put(event.subscription(), event.pays()));
    events.sort(Comparator.comparing(Sent::time));
    return events;
  }

  private static Map<String, BigDecimal> amounts(String query) {
    Map<String, BigDecimal> amounts = new TreeMap<>();
    LIVE.query(query).forEach(row -> amounts.put(row.get("day"), number(row, "amount")));
    return amounts;
  }

  private static BigDecimal number(Map<String, String> row, String column) {
    return new BigDecimal(row.get(column)).stripTrailingZeros();
  }
}
