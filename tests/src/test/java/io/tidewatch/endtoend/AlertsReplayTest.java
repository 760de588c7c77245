package io.tidewatch.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.alert.Alert;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A morning with troubles, through the rules that ship, to the table of alerts. */
class AlertsReplayTest {

  @RegisterExtension static final LiveStack LIVE = new LiveStack();

  @TempDir private Path directory;

  private final List<Told> records = new ArrayList<>();

  private record Told(Instant time, String text) {}

  @BeforeEach
  void empty() {
    LIVE.empty();
  }

  @Test
  void troublesBecomeAlertsWithTheIdsThatTheirTimesGiveAndTheSameOnesWhenReplayed()
      throws IOException {
    requests("10:00", 30, 0);
    // 3 of 30 fail: 10 % is above 5 %
    requests("10:01", 30, 3);
    requests("10:02", 30, 0);
    requests("10:03", 30, 0);
    tell(at("10:02").plusSeconds(7), "payment.failed", "\"customer_id\":\"c7\",", payment());
    heartbeats("10:00", "10:03");
    heartbeats("10:09", "10:20");

    replay();
    String errors = Alert.idOf("high_error_rate", "", at("10:02"));
    String payment = Alert.idOf("payment_failure", "customer_id=c7", at("10:00"));
    String silence = Alert.idOf("service_silent", "service=ledger", at("10:03"));
    assertThat(
            rows(
                """
                SELECT alert_id, rule, severity, status, series, customer_id,
                  formatDateTime(started_at, '%H:%i:%S') AS started,
                  formatDateTime(ended_at, '%H:%i:%S') AS ended, value, threshold
                FROM tidewatch.v_alerts
                WHERE rule IN ('high_error_rate', 'payment_failure')
                ORDER BY rule
                """))
        .containsExactly(
            errors + " high_error_rate high resolved   10:02:00 10:03:00 0.1 0.05",
            payment
                + " payment_failure medium resolved customer_id=c7 c7 10:02:07 11:02:07 1 null");
    assertThat(
            rows(
                """
                SELECT alert_id, formatDateTime(started_at, '%H:%i:%S') AS started,
                  formatDateTime(ended_at, '%H:%i:%S') AS ended
                FROM tidewatch.v_alerts WHERE rule = 'service_silent' ORDER BY started_at
                """))
        .startsWith(silence + " 10:03:00 10:09:00");
    assertThat(
            rows(
                """
                SELECT JSONExtractFloat(evidence, 'matched', 1, 'value') AS value,
                  JSONExtractFloat(evidence, 'matched', 1, 'expected_high') AS high,
                  JSONLength(contributors) AS named,
                  JSONExtractString(contributors, 1, 'series') AS series,
                  round(JSONExtractFloat(contributors, 1, 'share'), 9) AS share
                FROM tidewatch.v_alerts WHERE rule = 'high_error_rate'
                """))
        .containsExactly("0.1 0.05 1 endpoint=/x 1");

    List<String> all = rows("SELECT * FROM tidewatch.v_alerts ORDER BY alert_id");
    replay();
    assertThat(rows("SELECT * FROM tidewatch.v_alerts ORDER BY alert_id")).isEqualTo(all);
  }

  @Test
  void sequencesOfWindowsBecomeAlertsOfTheirPatterns() throws IOException {
    for (int minute = 0; minute < 10; minute++) {
      requests("10:0" + minute, 30, 4);
    }
    // three minutes above twice the usual 4, and above 10
    requests("10:10", 30, 12);
    requests("10:11", 30, 12);
    requests("10:12", 30, 20);
    for (int day = -7; day < 0; day++) {
      pay(day, 1000);
    }
    // 60 % of the same day last week
    pay(0, 600);
    pay(1, 1000);

    replay();
    assertThat(
            rows(
                """
                SELECT alert_id, rule, pattern, status,
                  formatDateTime(started_at, '%d %H:%i') AS started,
                  formatDateTime(ended_at, '%d %H:%i') AS ended, value, baseline, threshold
                FROM tidewatch.v_alerts WHERE pattern != '' ORDER BY rule
                """))
        .containsExactly(
            Alert.idOf("metric_spike_api_errors", "", at("10:11"))
                + " metric_spike_api_errors metric-spike resolved 02 10:11 02 10:14 20 4 10",
            Alert.idOf("revenue_drop", "", at("00:00").plus(Duration.ofDays(1)))
                + " revenue_drop revenue-drop resolved 03 00:00 04 00:00 600 1000 700");
    assertThat(
            rows(
                """
                SELECT JSONLength(evidence, 'matched') AS windows
                FROM tidewatch.v_alerts WHERE pattern != '' ORDER BY rule
                """))
        .containsExactly("3", "1");
  }

  @Test
  void troublesThatAreSmallerAreNone() throws IOException {
    // 1 of 30 is 3.3 %, and 19 requests are too few to say
    requests("10:00", 30, 1);
    requests("10:01", 19, 19);
    heartbeats("10:00", "10:02");
    replay();
    assertThat(
            rows(
                "SELECT rule FROM tidewatch.v_alerts WHERE rule != 'service_silent' ORDER BY rule"))
        .isEmpty();
  }

  private void replay() throws IOException {
    records.sort(Comparator.comparing(Told::time));
    Path file =
        Files.write(directory.resolve("morning.jsonl"), records.stream().map(Told::text).toList());
    assertThat(LIVE.replay(file).isComplete()).isTrue();
  }

  private void requests(String minute, int number, int failed) {
    IntStream.range(0, number)
        .forEach(
            i ->
                tell(
                    at(minute).plusSeconds(i),
                    "api.request",
                    "",
                    """
                    "endpoint":"/x","method":"GET","status_code":%d,"response_time_ms":80"""
                        .formatted(i < failed ? 503 : 200)));
  }

  /** Each 30 s, from the one minute to the other. */
  private void heartbeats(String from, String to) {
    for (Instant time = at(from); !time.isAfter(at(to)); time = time.plus(Duration.ofSeconds(30))) {
      tell(time, "service.heartbeat", "", "\"service\":\"ledger\"");
    }
  }

  /** At noon of the day so many days from this one. */
  private void pay(int day, int amount) {
    tell(
        at("12:00").plus(Duration.ofDays(day)),
        "payment.succeeded",
        "\"customer_id\":\"c1\",",
        "\"amount\":\"%d\",\"currency\":\"EUR\"".formatted(amount));
  }

  private static String payment() {
    return "\"amount\":\"9\",\"currency\":\"EUR\"";
  }

  private void tell(Instant time, String type, String keys, String properties) {
    records.add(
        new Told(
            time,
            """
            {"id":"e%d","type":"%s","time":"%s",%s"properties":{%s}}"""
                .formatted(records.size(), type, time, keys, properties)));
  }

  private static Instant at(String time) {
    return Instant.parse("2026-03-02T" + time + ":00Z");
  }

  private static List<String> rows(String query) {
    return LIVE.query(query).stream().map(row -> String.join(" ", row.values())).toList();
  }
}
