package io.tidewatch.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The life of a customer, to the tables and the topic of customers. */
class CustomersReplayTest {

  @RegisterExtension static final LiveStack LIVE = new LiveStack();

  @TempDir private Path directory;

  @BeforeEach
  void empty() {
    LIVE.empty();
  }

  @Test
  void aCustomerWhoPaysUsesAndFailsToPay() throws IOException {
    Map<TopicPartition, Long> begin = transitions().end();
    List<String> life =
        List.of(
            told(
                "2026-03-01T09:00:00Z",
                "customer.created",
                "\"company_name\":\"Acme\",\"industry\":\"Energy\",\"tier\":\"Team\","
                    + "\"country\":\"DE\",\"acquisition_channel\":\"organic\","
                    + "\"email\":\"someone@example.com\""),
            told(
                "2026-03-01T10:00:00Z",
                "subscription.started",
                "\"subscription_id\":\"s1\",\"plan\":\"pro\",\"amount\":\"90\","
                    + "\"currency\":\"EUR\",\"interval\":\"month\""),
            told(
                "2026-03-01T11:00:00Z",
                "api.request",
                "\"endpoint\":\"/x\",\"method\":\"GET\",\"status_code\":200,"
                    + "\"response_time_ms\":80"),
            told("2026-03-02T12:00:00Z", "feature.used", "\"feature\":\"export\""),
            told("2026-03-02T13:00:00Z", "auth.succeeded", ""),
            told("2026-03-02T14:00:00Z", "ticket.opened", "\"ticket_id\":\"t1\""),
            told(
                "2026-03-02T15:00:00Z",
                "payment.failed",
                "\"amount\":\"90\",\"currency\":\"EUR\""));
    replay(life);

    assertThat(
            rows(
                """
                SELECT company_name, industry, tier, plan, country, acquisition_channel,
                  length(email_hash), signup_date, first_api_call_date, mrr, created_at
                FROM tidewatch.v_dim_customers
                """))
        .containsExactly(
            "Acme|Energy|Team|pro|DE|organic|64|2026-03-01 09:00:00.000"
                + "|2026-03-01 11:00:00.000|90|2026-03-01 09:00:00.000");
    assertThat(
            rows(
                """
                SELECT updated_at, segment, churn_risk, length(churn_reasons), lifetime_value,
                  churn_probability > 0 AND churn_probability < 1
                FROM tidewatch.v_dim_customers
                """))
        .containsExactly("2026-03-02 23:59:59.999|At Risk|High|3|null|1");
    assertThat(
            rows(
                """
                SELECT calculated_at, date_partition, health_score, usage_points, recency_points,
                  adoption_points, payment_points, support_points, api_calls_last_7d,
                  last_login_date, support_tickets_open, payment_status, feature_adoption_score
                FROM tidewatch.v_fact_customer_health ORDER BY calculated_at
                """))
        .containsExactly(
            "2026-03-01 10:00:00.000|2026-03-01|30|0|0|0|15|15|0|null|0|paid|0",
            "2026-03-01 23:59:59.999|2026-03-01|80|30|20|0|15|15|1|null|0|paid|0",
            "2026-03-02 14:00:00.000|2026-03-02|80|30|20|4|15|11.25|1"
                + "|2026-03-02 13:00:00.000|1|paid|0.2",
            "2026-03-02 15:00:00.000|2026-03-02|65|30|20|4|0|11.25|1"
                + "|2026-03-02 13:00:00.000|1|failed|0.2",
            "2026-03-02 23:59:59.999|2026-03-02|65|30|20|4|0|11.25|1"
                + "|2026-03-02 13:00:00.000|1|failed|0.2");
    List<String> transitions =
        List.of(
            "2026-03-01 23:59:59.999|Critical|Good|30|80"
                + "|Health rose from 30 to 80: usage by 30 and recency by 20",
            "2026-03-02 15:00:00.000|Good|At Risk|80|65|Health fell from 80 to 65: payment by 15");
    String queried =
        """
        SELECT time, from_category, to_category, score_before, score_after, reason
        FROM tidewatch.v_customer_transitions ORDER BY time
        """;
    assertThat(rows(queried)).isEqualTo(transitions);
    assertThat(
            rows(
                """
                SELECT window_start, value, is_final FROM tidewatch.v_metric_windows
                WHERE metric = 'mrr' AND series = 'tier=Team' ORDER BY window_start
                """))
        .containsExactly("2026-03-01 00:00:00.000|90|1", "2026-03-02 00:00:00.000|90|1");
    assertThat(messages(begin))
        .hasSize(2)
        .last()
        .asString()
        .startsWith("c1 {")
        .contains("\"time\":\"2026-03-02T15:00:00.000Z\"", "\"to_category\":\"At Risk\"");

    replay(life);
    assertThat(rows(queried)).as("replayed").isEqualTo(transitions);
  }

  private void replay(List<String> records) throws IOException {
    Path file = Files.write(directory.resolve("life.jsonl"), records);
    assertThat(LIVE.replay(file).isComplete()).isTrue();
  }

  private static String told(String time, String type, String properties) {
    return """
        {"id":"%s","type":"%s","time":"%s","customer_id":"c1","properties":{%s}}"""
        .formatted(time, type, time, properties);
  }

  private static List<String> rows(String query) {
    return LIVE.query(query).stream().map(row -> String.join("|", row.values())).toList();
  }

  private static OutputTopic transitions() {
    return new OutputTopic(LIVE.kafka(), "customer-transitions");
  }

  /** Key and value of what came since then. */
  private static List<String> messages(Map<TopicPartition, Long> begin) throws IOException {
    List<String> messages = new ArrayList<>();
    OutputTopic topic = transitions();
    topic.read(begin, topic.end(), (key, row) -> messages.add(key + ' ' + row));
    return messages;
  }
}
