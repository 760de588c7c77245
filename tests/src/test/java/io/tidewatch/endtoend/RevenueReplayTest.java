package io.tidewatch.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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

  private static final SubscriptionLives LIVES = new SubscriptionLives(new Random(7));

  @BeforeAll
  static void replay(@TempDir Path directory) throws IOException {
    List<String> records = new ArrayList<>();
    for (SubscriptionLives.Told event : LIVES.inOrderOfTime()) {
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
      assertThat(closing).as(view).isPositive().isEqualByComparingTo(LIVES.revenueInTheEnd());
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

  private static Map<String, BigDecimal> amounts(String query) {
    Map<String, BigDecimal> amounts = new TreeMap<>();
    LIVE.query(query).forEach(row -> amounts.put(row.get("day"), number(row, "amount")));
    return amounts;
  }

  private static BigDecimal number(Map<String, String> row, String column) {
    return new BigDecimal(row.get(column)).stripTrailingZeros();
  }
}
