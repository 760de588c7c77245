package io.tidewatch.local.alertmanager;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who is told of what, as Alertmanager's own tool reads the configuration. */
@EnabledIf("isToolInstalled")
class RoutingTest {

  private static final Path CLUSTER =
      Path.of(System.getProperty("tidewatch.home"), "docker", "alertmanager.yml");

  @TempDir private Path folder;

  static boolean isToolInstalled() {
    return List.of(System.getenv("PATH").split(File.pathSeparator)).stream()
        .anyMatch(directory -> Files.isExecutable(Path.of(directory, "amtool")));
  }

  @Test
  void isWhatAlertmanagerUnderstands() throws Exception {
    assertThat(amtool("check-config", CLUSTER.toString())).contains("SUCCESS");
  }

  @Test
  void holdsNoSecret() throws IOException {
    assertThat(Files.readString(CLUSTER))
        .doesNotContainPattern("(?m)^\\s*(- )?(.*_key|.*password|slack_api_url|api_url|token):");
  }

  @ParameterizedTest
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
  void isTheSameOnOneMachineButReachesNobody() throws Exception {
    Path local = folder.resolve("alertmanager.yml");
    LocalRouting.write(CLUSTER, local);
    assertThat(amtool("check-config", local.toString())).contains("SUCCESS", "23 receivers");
    assertThat(Files.readString(local)).contains("pause-campaign").doesNotContain("_configs");
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
