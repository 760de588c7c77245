package io.tidewatch.local.alertmanager;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.local.LoopbackPort;
import io.tidewatch.local.stack.LocalConfiguration;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who is told of what. */
class RoutingTest {

  private static final Path CLUSTER =
      Path.of(System.getProperty("tidewatch.home"), "docker", "alertmanager.yml");

  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Duration LOOK_EVERY = Duration.ofMillis(50);

  @TempDir private Path folder;

  static boolean isToolInstalled() {
    return List.of(System.getenv("PATH").split(File.pathSeparator)).stream()
        .anyMatch(directory -> Files.isExecutable(Path.of(directory, "amtool")));
  }

  @Test
  @EnabledIf("isToolInstalled")
  void isWhatAlertmanagerUnderstands() throws Exception {
    assertThat(amtool("check-config", CLUSTER.toString())).contains("SUCCESS");
  }

  @Test
  void holdsNoSecret() throws IOException {
    assertThat(Files.readString(CLUSTER))
        .doesNotContainPattern("(?m)^\\s*(- )?(.*_key|.*password|slack_api_url|api_url|token):");
  }

  @Test
  void reachesEverybodyWhomAnyRuleNames() throws IOException {
    String routes = Files.readString(CLUSTER);
    Path conf = Path.of(System.getProperty("tidewatch.home"), "flink-conf");
    assertThat(LocalConfiguration.read(conf, Map.of()).definitions().rules().rules())
        .isNotEmpty()
        .flatExtracting(rule -> rule.profile().receivers())
        .allSatisfy(
            receiver -> assertThat(routes).contains("receivers=~\".*,%s,.*\"".formatted(receiver)));
  }

  @ParameterizedTest
  @EnabledIf("isToolInstalled")
  @CsvSource(
      delimiter = '|',
      value = {
        "campaign_overspend | high | marketing | pause_campaign,email | pause-campaign,marketing-mail",
        "payment_failure_rate_high | high | finance,operations | slack,dashboard | finance-slack,operations-slack",
        "service_silent | critical | operations | pagerduty | operations-page,critical-slack",
        "failed_logins_spike | critical | security | slack,pagerduty | security-page,critical-slack,security-slack",
        "traffic_spike | low | marketing | dashboard | dashboard",
        "payment_failure | medium | customer_success | email | customer-success-mail"
      })
  void takesEachAlertToItsReceivers(
      String rule, String severity, String receivers, String actions, String told)
      throws Exception {
    assertThat(
            amtool(
                    "config",
                    "routes",
                    "test",
                    "--config.file=" + CLUSTER,
                    "alertname=" + rule,
                    "severity=" + severity,
                    "receivers=," + receivers + ",",
                    "actions=," + actions + ",")
                .strip())
        .endsWith(told)
        .satisfies(answer -> assertThat(answer.lines().toList()).contains(told));
  }

  @Test
  @EnabledIf("isToolInstalled")
  void isTheSameOnOneMachineButReachesNobody() throws Exception {
    Path local = folder.resolve("alertmanager.yml");
    LocalRouting.write(CLUSTER, local);
    assertThat(amtool("check-config", local.toString())).contains("SUCCESS", "27 receivers");
    assertThat(Files.readString(local)).contains("pause-campaign").doesNotContain("_configs");
  }

  @Test
  @EnabledIf("isAlertmanagerInstalled")
  void aServiceThatIsDownSilencesItsErrorRateAndNothingElse() throws Exception {
    Path local = folder.resolve("alertmanager.yml");
    LocalRouting.write(CLUSTER, local);
    try (AlertmanagerProcess alertmanager =
        AlertmanagerProcess.start(
            AlertmanagerProcess.program().orElseThrow(),
            local,
            folder.resolve("data"),
            LoopbackPort.free(),
            folder.resolve("alertmanager.log"))) {
      URI alerts = alertmanager.url().resolve("/api/v2/alerts");
      ask(
          HttpRequest.newBuilder(alerts)
              .header("Content-Type", "application/json")
              .POST(
                  BodyPublishers.ofString(
                      """
                      [{"labels": {"alertname": "service_silent", "service": "api-gateway"}},
                       {"labels": {"alertname": "high_error_rate"}},
                       {"labels": {"alertname": "slow_queries", "service": "api-gateway"}},
                       {"labels": {"alertname": "slow_queries", "service": "billing"}},
                       {"labels": {"alertname": "payment_failure_rate_high"}}]""")));
      HttpRequest.Builder told = HttpRequest.newBuilder(URI.create(alerts + "?inhibited=false"));
      long deadline = System.nanoTime() + PATIENCE.toNanos();
      while (ask(told).contains("high_error_rate") && System.nanoTime() < deadline) {
        LockSupport.parkNanos(LOOK_EVERY.toNanos());
      }
      assertThat(ask(told))
          .contains("service_silent", "\"billing\"", "payment_failure_rate_high")
          .doesNotContain("high_error_rate");
    }
  }

  static boolean isAlertmanagerInstalled() {
    return AlertmanagerProcess.program().isPresent();
  }

  private static String ask(HttpRequest.Builder request) throws Exception {
    return HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString()).body();
  }

  private static String amtool(String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("amtool"));
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output;
  }
}
