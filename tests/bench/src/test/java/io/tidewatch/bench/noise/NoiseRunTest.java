package io.tidewatch.bench.noise;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.job.TidewatchSettings;
import io.tidewatch.local.company.Incident;
import io.tidewatch.local.company.IncidentKind;
import io.tidewatch.local.demo.Findings;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** A small company, whose incidents show all the same where they do not depend on its size. */
class NoiseRunTest {

  private static final TidewatchSettings SETTINGS =
      TidewatchSettings.load(
          Path.of(System.getProperty("tidewatch.home"), "flink-conf", "tidewatch.yaml"),
          NoiseCommand.ENVIRONMENT);

  @Test
  void incidentsAreNoticedAndServicesFireForNothingElse() throws Exception {
    Findings findings = new NoiseRun(SETTINGS).of(new Life(1, 40));
    Set<IncidentKind> noticed =
        findings.catches().entrySet().stream()
            .filter(entry -> entry.getValue().isPresent())
            .map(Map.Entry::getKey)
            .map(Incident::kind)
            .collect(Collectors.toSet());
    assertThat(noticed)
        .contains(
            IncidentKind.BRUTE_FORCE,
            IncidentKind.CAMPAIGN_OVERSPEND,
            IncidentKind.OUTAGE,
            IncidentKind.PAYMENTS_FAILING,
            IncidentKind.SERVICE_SILENT);
    assertThat(findings.unmatched())
        .doesNotContainKeys(
            "brute_force",
            "campaign_overspend",
            "critical_error",
            "failed_logins_spike",
            "high_error_rate",
            "service_silent",
            "uptime_low",
            "viral_content");
  }
}
