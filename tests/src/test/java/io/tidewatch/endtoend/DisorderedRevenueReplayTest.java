package io.tidewatch.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Subscriptions that come up to three weeks late, and again, are those that came in time. */
class DisorderedRevenueReplayTest {

  @RegisterExtension static final LiveStack LIVE = new LiveStack();

  private static final int LATEST_MILLIS = (int) Duration.ofDays(21).toMillis();

  private static final String MOVEMENTS =
      "SELECT * FROM tidewatch.v_mrr_movements ORDER BY customer_id, event_id";
  private static final String DAYS = "SELECT * FROM tidewatch.v_mrr_daily ORDER BY day";

  @TempDir private Path directory;

  @Test
  void movementsAndCustomersDependOnTheSetOfEventsAlone() throws IOException {
    SubscriptionLives lives = new SubscriptionLives(new Random(11));
    replay(lives.inOrderOfTime());
    List<Map<String, String>> movements = LIVE.query(MOVEMENTS);
    List<Map<String, String>> days = LIVE.query(DAYS);
    assertThat(movements).hasSizeGreaterThan(60);
    assertCustomersPayWhatTheirMovementsAddUpTo();

    for (long seed = 1; seed <= 2; seed++) {
      replay(disordered(lives, new Random(seed)));
      assertThat(LIVE.value("SELECT count() FROM tidewatch.v_late_events")).isNotEqualTo("0");
      assertThat(LIVE.query(MOVEMENTS)).isEqualTo(movements);
      assertThat(LIVE.query(DAYS)).isEqualTo(days);
      assertCustomersPayWhatTheirMovementsAddUpTo();
      assertThat(LIVE.value("SELECT sum(mrr) FROM tidewatch.v_dim_customers"))
          .isEqualTo(lives.revenueInTheEnd().stripTrailingZeros().toPlainString());
    }
  }

  private static void assertCustomersPayWhatTheirMovementsAddUpTo() {
    assertThat(
            LIVE.query(
                """
                SELECT customer_id, mrr, paid
                FROM tidewatch.v_dim_customers
                LEFT JOIN
                (
                    SELECT customer_id, sum(delta) AS paid
                    FROM tidewatch.v_mrr_movements GROUP BY customer_id
                ) AS ledger USING (customer_id)
                WHERE mrr != paid"""))
        .isEmpty();
  }

  /** Each a while after it happened, every third one once more at another time. */
  private static List<SubscriptionLives.Told> disordered(SubscriptionLives lives, Random random) {
    List<SubscriptionLives.Told> told = lives.inOrderOfTime();
    NavigableMap<Instant, SubscriptionLives.Told> arrivals = new TreeMap<>();
    for (int i = 0; i < told.size(); i++) {
      for (int sent = 0; sent < (i % 3 == 0 ? 2 : 1); sent++) {
        Instant time = told.get(i).time();
        arrivals.put(time.plusMillis(random.nextInt(LATEST_MILLIS)), told.get(i));
      }
    }
    return List.copyOf(arrivals.values());
  }

  private void replay(List<SubscriptionLives.Told> events) throws IOException {
    LIVE.empty();
    Path file =
        Files.write(
            directory.resolve("lives.jsonl"),
            events.stream().map(SubscriptionLives.Told::record).toList());
    assertThat(LIVE.replay(file).isComplete()).isTrue();
  }
}
