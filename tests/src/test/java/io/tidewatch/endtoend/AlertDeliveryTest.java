package io.tidewatch.endtoend;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.time.temporal.ChronoUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidewatch.job.Stage;
import io.tidewatch.job.TidewatchJob;
import io.tidewatch.job.TidewatchSettings;
import io.tidewatch.local.LoopbackPort;
import io.tidewatch.local.alertmanager.AlertmanagerProcess;
import io.tidewatch.local.kafka.RecordSender;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** From an event to somebody's webhook, through the real Alertmanager. */
@EnabledIf("isInstalled")
class AlertDeliveryTest {

  private static final Duration PATIENCE = Duration.ofMinutes(2);

  /** An alert about a payment that failed ends an hour after it: soon after the first checks. */
  private static final Duration NEARLY_AN_HOUR = Duration.ofMinutes(60).minusSeconds(70);

  @RegisterExtension static final LiveStack LIVE = new LiveStack();

  @TempDir private Path folder;

  static boolean isInstalled() {
    return AlertmanagerProcess.program().isPresent();
  }

  @Test
  void firesIsRepeatedSurvivesFailuresAndIsResolved() throws Exception {
    LIVE.empty();
    int port = LoopbackPort.free();
    TidewatchJob definition = new TidewatchJob(deliveringTo(port), EnumSet.allOf(Stage.class));
    LIVE.stack().flink().submit("delivered", definition::defineLive, Optional.empty());
    try (Webhook webhook = new Webhook()) {
      String first;
      try (AlertmanagerProcess alertmanager = start(port, webhook)) {
        paymentFails("early", Instant.now().minus(NEARLY_AN_HOUR));
        Patience.await("it fires", PATIENCE, () -> !webhook.of("early").isEmpty());
        JsonNode alert = webhook.of("early").get(0);
        assertThat(alert.get("status").asText()).isEqualTo("firing");
        assertThat(alert.at("/labels/alertname").asText()).isEqualTo("payment_failure");
        assertThat(alert.at("/labels/receivers").asText()).isEqualTo(",customer_success,");
        assertThat(alert.at("/annotations/summary").asText()).contains("early");
        assertThat(alert.get("generatorURL").asText())
            .startsWith("http://127.0.0.1:3000/d/tidewatch-customer-success?from=")
            .endsWith("&to=now")
            .isEqualTo(alert.at("/annotations/dashboard").asText());
        first = alert.get("fingerprint").asText();

        Instant end = endOf(alertmanager, first);
        Patience.await("it is told again", PATIENCE, () -> endOf(alertmanager, first).isAfter(end));
      }

      // Alertmanager is away, and the job fails before it can deliver.
      paymentFails("late", Instant.now().minusSeconds(5));
      Patience.await("it is made", PATIENCE, () -> rows("late").equals("1"));
      LIVE.failTaskManager();

      try (AlertmanagerProcess alertmanager = start(port, webhook)) {
        Patience.await("it arrives", PATIENCE, () -> !webhook.of("late").isEmpty());
        Patience.await(
            "the first is resolved",
            PATIENCE,
            () ->
                webhook.of("early").stream()
                    .anyMatch(alert -> alert.get("status").asText().equals("resolved")));
        assertThat(fingerprintsOf(webhook, "early")).containsExactly(first);
        assertThat(fingerprintsOf(webhook, "late")).hasSize(1);
        assertThat(webhook.of("late"))
            .allSatisfy(alert -> assertThat(alert.get("status").asText()).isEqualTo("firing"));
        assertThat(rows("early")).isEqualTo("1");
        assertThat(rows("late")).isEqualTo("1");
      }
    }
  }

  private TidewatchSettings deliveringTo(int port) throws IOException {
    ConfigurationCopy copy = ConfigurationCopy.in(folder.resolve("conf"));
    copy.edit(
        "tidewatch.yaml",
        "  resend: 1m ",
        "  url: http://127.0.0.1:%d\n  resend: 1s ".formatted(port));
    return LIVE.settings(copy.tidewatchYaml());
  }

  private AlertmanagerProcess start(int port, Webhook webhook) throws IOException {
    Path configuration =
        Files.writeString(
            folder.resolve("alertmanager.yml"),
            """
            route:
              receiver: webhook
              group_by: ['...']
              group_wait: 10ms
              group_interval: 1s
              repeat_interval: 1h
            receivers:
              - name: webhook
                webhook_configs: [{url: '%s', send_resolved: true}]
            """
                .formatted(webhook.url()));
    return AlertmanagerProcess.start(
        AlertmanagerProcess.program().orElseThrow(),
        configuration,
        folder.resolve("data"),
        port,
        folder.resolve("alertmanager.log"));
  }

  /** Until when Alertmanager takes an alert for firing. */
  private static Instant endOf(AlertmanagerProcess alertmanager, String fingerprint)
      throws IOException, InterruptedException {
    String answer =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(alertmanager.url().resolve("/api/v2/alerts")).build(),
                BodyHandlers.ofString())
            .body();
    for (JsonNode alert : new ObjectMapper().readTree(answer)) {
      if (alert.get("fingerprint").asText().equals(fingerprint)) {
        return Instant.parse(alert.get("endsAt").asText());
      }
    }
    throw new AssertionError("Alertmanager does not know it: " + answer);
  }

  private static Set<String> fingerprintsOf(Webhook webhook, String customer) {
    return webhook.of(customer).stream()
        .map(alert -> alert.get("fingerprint").asText())
        .collect(Collectors.toSet());
  }

  private static String rows(String customer) {
    return LIVE.value(
        "SELECT count() FROM tidewatch.v_alerts WHERE rule = 'payment_failure' AND customer_id = '%s'"
            .formatted(customer));
  }

  private static void paymentFails(String customer, Instant time) {
    String event =
        """
        {"id":"%s","type":"payment.failed","time":"%s","customer_id":"%s",\
        "properties":{"amount":"10","currency":"EUR"}}"""
            .formatted("failed-" + customer, time.truncatedTo(SECONDS), customer);
    String kafka = LIVE.kafka();
    try (RecordSender sender =
        new RecordSender(LIVE.settings().kafka().properties(), kafka, "payment-events")) {
      sender.send(event.getBytes(UTF_8));
      sender.finish();
    }
  }
}
