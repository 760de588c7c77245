package io.tidewatch.bench.noise;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.job.TidewatchSettings;
import io.tidewatch.local.company.Company;
import io.tidewatch.local.company.Incident;
import io.tidewatch.local.company.IncidentKind;
import io.tidewatch.local.demo.Findings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Companies smaller than those of the measurement. */
class NoiseRunTest {

  private static final TidewatchSettings SETTINGS =
      TidewatchSettings.load(
          Path.of(System.getProperty("tidewatch.home"), "flink-conf", "tidewatch.yaml"),
          NoiseCommand.ENVIRONMENT);

  /** Where incidents show all the same, as they do not depend on the size of the company. */
  @Test
  void incidentsAreNoticedAndServicesFireForNothingElse() throws Exception {
    Findings findings = new NoiseRun(SETTINGS).of(new Life(1, 40, Company.HISTORY));
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
    assertThat(findings.falseAlarms())
        .extracting(alert -> alert.rule())
        .doesNotContainAnyElementsOf(
            List.of(
                "brute_force",
                "campaign_overspend",
                "critical_error",
                "failed_logins_spike",
                "high_error_rate",
                "service_silent",
                "uptime_low",
                "viral_content"));
  }

  /** Single customers may be thought in trouble who are not, but no figure cries wolf. */
  @Test
  void threeWeeksWithoutAFalseAlarmOfAnyFigure() throws Exception {
    Findings findings = new NoiseRun(SETTINGS).of(new Life(3, 120, Duration.ofDays(20)));
    assertThat(findings.catches())
        .hasSizeGreaterThan(3)
        .allSatisfy((incident, noticed) -> assertThat(noticed).as(incident.name()).isPresent());
    assertThat(findings.falseAlarms())
        .allSatisfy(alert -> assertThat(alert.series()).startsWith("customer_id="));
    assertThat(findings.ofTroubledCustomers()).isNotEmpty();
  }
}
