package io.tidewatch.endtoend;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.time.temporal.ChronoUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidewatch.job.Stage;
import io.tidewatch.job.TidewatchJob;
import io.tidewatch.kafka.RuleTopic;
import io.tidewatch.local.Tidewatch;
import io.tidewatch.local.flink.FlinkRest;
import io.tidewatch.local.flink.LocalFlink;
import io.tidewatch.local.kafka.RecordSender;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.apache.flink.api.common.JobID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Rules that are applied, refused and removed by commands while the job runs. */
class LiveRulesTest {

  private static final Duration PATIENCE = Duration.ofMinutes(3);

  @RegisterExtension static final LiveStack LIVE = new LiveStack();

  @TempDir private Path directory;

  private final StringWriter err = new StringWriter();
  private int events;

  @Test
  void actFromThenOnAndEndTheirAlertsWhenTheyAreRemoved() throws Exception {
    LIVE.empty();
    LocalFlink flink = LIVE.stack().flink();
    TidewatchJob definition = new TidewatchJob(LIVE.settings(), EnumSet.allOf(Stage.class));
    JobID job = flink.submit("rules", definition::defineLive, Optional.empty());
    FlinkRest rest = new FlinkRest(flink.url());
    Patience.await("every task runs", PATIENCE, () -> isRunning(rest, job));
    Path file =
        Files.writeString(
            directory.resolve("own.yaml"),
            """
            - name: any_request
              metric: api_requests
              window: 1m
              condition: {above: 0}
              severity: low
            - name: any_refund
              event: {type: payment.refunded}
              severity: low
            """);
    assertThat(rules("apply", file.toString(), "--by", "ada")).isZero();
    assertThat(audited()).isEqualTo("ada rule applied any_request, ada rule applied any_refund");

    awaitAlert("any_refund", "firing", true);
    awaitAlert("any_request", "firing", true);

    // one that bypassed the command and is no good: the rule that there was stays
    try (RecordSender sender = new RecordSender(Map.of(), LIVE.kafka(), RuleTopic.NAME)) {
      sender.deliver(RuleTopic.record("any_request", "name: any_request\nseverity: low\n", "eve"));
    }
    Patience.await("it is refused", PATIENCE, () -> audited().contains("eve rule refused"));
    assertThat(alert("any_request", "firing")).isTrue();

    assertThat(rules("remove", "any_request", "--by", "bob")).isZero();
    awaitAlert("any_request", "resolved", false);
    assertThat(
            LIVE.value(
                """
                SELECT DISTINCT JSONExtractString(evidence, 'resolution') FROM tidewatch.v_alerts
                WHERE rule = 'any_request'
                """))
        .isEqualTo("rule_removed");
    assertThat(alert("any_refund", "firing")).isTrue();

    // a rule of the file stays off until it is gone back to
    assertThat(rules("remove", "payment_failure")).isZero();
    assertThat(rules("remove", "payment_failure", "--to-file")).isZero();
    assertThat(audited())
        .endsWith(
            " rule removed payment_failure, "
                + System.getProperty("user.name")
                + " rule reset payment_failure");
    // of a pattern its thresholds change, and not what it counts
    assertThat(rules("apply", spike("{windows: 3, above_ratio: 5, above: 40}"))).isZero();
    assertThat(audited()).endsWith("rule applied metric_spike_api_errors");
    assertThat(rules("apply", spike("{windows: 4, above_ratio: 5, above: 40}"))).isEqualTo(1);
    assertThat(err.toString()).contains("PATTERN_NEEDS_RESTART", "'windows'");
    assertThat(rules("remove", "metric_spike_api_errors", "--to-file")).isZero();

    assertThat(rules("remove", "payment_failur")).isEqualTo(1);
    assertThat(err.toString()).contains("did you mean 'payment_failure'?");
    assertThat(rules("remove", "any_refund")).isZero();
    flink.stop(job);
  }

  private String spike(String parameters) throws IOException {
    return Files.writeString(
            directory.resolve("spike.yaml"),
            """
            name: metric_spike_api_errors
            pattern: metric-spike
            metric: api_errors
            window: 1m
            missing: zero
            severity: high
            parameters: %s
            """
                .formatted(parameters))
        .toString();
  }

  private static boolean isRunning(FlinkRest rest, JobID job) throws IOException {
    JsonNode vertices = rest.get("/jobs/" + job).get("vertices");
    return !vertices.isEmpty()
        && StreamSupport.stream(vertices.spliterator(), false)
            .allMatch(vertex -> vertex.get("status").asText().equals("RUNNING"));
  }

  /** Requests and refunds go on until there is such an alert. */
  private void awaitAlert(String rule, String status, boolean goesOn) {
    Patience.await(
        rule + " is " + status,
        PATIENCE,
        () -> {
          if (goesOn) {
            send(
                "api-events",
                "api.request",
                "\"endpoint\":\"/x\",\"method\":\"GET\",\"status_code\":200,"
                    + "\"response_time_ms\":80");
            send("customer-events", "payment.refunded", "\"amount\":\"9\",\"currency\":\"EUR\"");
          }
          return alert(rule, status);
        });
  }

  private static boolean alert(String rule, String status) {
    return !LIVE.value(
            "SELECT count() FROM tidewatch.v_alerts WHERE rule = '%s' AND status = '%s'"
                .formatted(rule, status))
        .equals("0");
  }

  private static String audited() {
    return LIVE.value(
        """
        SELECT arrayStringConcat(groupArray(told), ', ') FROM (
          SELECT concat(actor, ' ', action, ' ', object) AS told FROM tidewatch.v_audit_log
          ORDER BY time, entry_id)
        """);
  }

  private int rules(String command, String... arguments) {
    String[] all = new String[arguments.length + 3];
    all[0] = "rules";
    all[1] = command;
    all[2] = "--data-dir=" + LIVE.stack().directory().root();
    System.arraycopy(arguments, 0, all, 3, arguments.length);
    return Tidewatch.commandLine().setErr(new PrintWriter(err, true)).execute(all);
  }

  private void send(String topic, String type, String properties) {
    String event =
        """
        {"id":"r%d","type":"%s","time":"%s","customer_id":"ruled","properties":{%s}}"""
            .formatted(events++, type, Instant.now().truncatedTo(SECONDS), properties);
    try (RecordSender sender = new RecordSender(Map.of(), LIVE.kafka(), topic)) {
      sender.send(event.getBytes(UTF_8));
      sender.finish();
    }
  }
}
