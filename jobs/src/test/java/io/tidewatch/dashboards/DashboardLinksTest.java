package io.tidewatch.dashboards;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.alert.Alert;
import io.tidewatch.alert.AlertProfile;
import io.tidewatch.alert.Evidence;
import io.tidewatch.alert.Figures;
import io.tidewatch.alert.Resolution;
import io.tidewatch.alert.Severity;
import io.tidewatch.config.Problem;
import io.tidewatch.config.Problems;
import io.tidewatch.config.YamlFile;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DashboardLinksTest {

  private static final Instant TEN = Instant.parse("2026-03-02T10:00:00Z");

  private final Problems problems = new Problems();

  @Test
  void opensTheBoardOfTheFirstReceiverWhoHasOneOverTheTimeOfTheAlert() {
    DashboardLinks links =
        read(
            """
            dashboards:
              url: https://boards.example.com/grafana/
              boards: {finance: money, executives: company}
              otherwise: all
            """);
    Alert ofFinance = alert(List.of("data", "finance", "executives"), List.of());
    assertThat(links.of(ofFinance))
        .isEqualTo(
            "https://boards.example.com/grafana/d/money?from=%d&to=now"
                .formatted(TEN.minusSeconds(3600).toEpochMilli()));
    Instant end = TEN.plusSeconds(600);
    assertThat(links.of(ofFinance.resolved(Resolution.RECOVERED, end, end, "Over.")))
        .endsWith("&to=" + end.plusSeconds(3600).toEpochMilli());

    Evidence day = new Evidence("m", "1d", TEN.minus(Duration.ofDays(1)), TEN, 1.0, null);
    assertThat(links.of(alert(List.of("data"), List.of(day))))
        .contains("/d/all?from=" + TEN.minus(Duration.ofDays(6)).toEpochMilli());
  }

  @Test
  void theEnvironmentSaysWhereTheyAreInPlaceOfTheFile() {
    String yaml = "dashboards: {url: 'http://127.0.0.1:3000', otherwise: all}";
    Alert alert = alert(List.of(), List.of());
    assertThat(read(yaml, Map.of("DASHBOARDS_URL", "http://127.0.0.1:4000/")).of(alert))
        .startsWith("http://127.0.0.1:4000/d/all?");
    assertThat(read(yaml, Map.of("DASHBOARDS_URL", "")).of(alert))
        .startsWith("http://127.0.0.1:3000/d/all?");
    assertThat(problems.list()).isEmpty();
    read(yaml, Map.of("DASHBOARDS_URL", "boards:4000"));
    assertThat(problems.list())
        .extracting(Problem::message)
        .containsExactly("expected an address such as http://host:3000, not 'boards:4000'");
  }

  @Test
  void leadsNowhereWhereNobodySaysWhereTheyAre() {
    assertThat(read("{}").of(alert(List.of(), List.of()))).isEmpty();
    assertThat(problems.list()).isEmpty();
  }

  @Test
  void tellsAllProblemsAtOnce() {
    read("dashboards: {url: 'boards:3000', board: {}}");
    assertThat(problems.list())
        .extracting(Problem::message)
        .containsExactlyInAnyOrder(
            "expected an address such as http://host:3000, not 'boards:3000'",
            "'otherwise' is missing",
            "unknown key 'board'; did you mean 'boards'?");
  }

  private DashboardLinks read(String yaml) {
    return read(yaml, Map.of());
  }

  private DashboardLinks read(String yaml, Map<String, String> environment) {
    return YamlFile.readText(
            "tidewatch.yaml",
            yaml,
            problems,
            root -> DashboardLinksReader.read(root.map(), environment))
        .orElse(DashboardLinks.NONE);
  }

  private static Alert alert(List<String> receivers, List<Evidence> evidence) {
    return Alert.firing(
        new AlertProfile("rule", "", Severity.HIGH, receivers, List.of(), ""),
        "",
        null,
        TEN,
        TEN,
        TEN,
        Figures.NONE,
        "Trouble.",
        evidence);
  }
}
