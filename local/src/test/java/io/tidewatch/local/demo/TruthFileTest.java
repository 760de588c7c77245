package io.tidewatch.local.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidewatch.local.company.Befallen;
import io.tidewatch.local.company.Incident;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TruthFileTest {

  private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");

  @TempDir private Path directory;

  @Test
  void holdsALineForEachIncidentAndEachOnce() throws IOException {
    List<Incident> incidents = Befallen.history();
    TruthFile truth = new TruthFile(TruthFile.in(directory));
    truth.write(incidents.subList(0, 3));
    truth.write(incidents);
    List<String> lines = Files.readAllLines(directory.resolve("truth.jsonl"));
    assertThat(lines).hasSameSizeAs(incidents);
    for (int i = 0; i < lines.size(); i++) {
      JsonNode line = new ObjectMapper().readTree(lines.get(i));
      assertThat(line.get("incident").asText()).isEqualTo(incidents.get(i).name());
      assertThat(line.get("rules")).hasSameSizeAs(incidents.get(i).kind().rules());
      assertThat(line.get("series")).hasSameSizeAs(incidents.get(i).series());
      assertThat(line.get("series").get(0).asText()).as("the total").isEmpty();
      assertThat(Instant.parse(line.get("started_at").asText()))
          .isBefore(Instant.parse(line.get("ended_at").asText()));
    }
  }

  @Test
  void namesNoRuleThatAnIncidentIsTooShortFor() throws IOException {
    assertThat(rulesOf(Befallen.outageFrom(START, Duration.ofSeconds(100))))
        .contains("critical_error", "high_error_rate", "metric_spike_api_errors")
        .doesNotContain("error_rate_elevated", "api_p95_slow");
    assertThat(rulesOf(Befallen.outageFrom(START, Duration.ofMinutes(13))))
        .contains("api_p95_slow")
        .doesNotContain("error_rate_elevated");
    assertThat(rulesOf(Befallen.outageFrom(START, Duration.ofMinutes(13).plusSeconds(1))))
        .contains("error_rate_elevated");
    assertThat(rulesOf(Befallen.unpaidFrom(START, Duration.ofSeconds(90))))
        .contains("payment_failure", "dunning_unrecovered")
        .doesNotContain("daily_revenue_drop", "revenue_drop", "unusual_daily_revenue");
  }

  @Test
  void whatStillLastsEndsWithTheCompany() throws IOException {
    Incident over = Befallen.silentFrom(START);
    Incident lasting = Befallen.silentFrom(START.plusSeconds(60));
    TruthFile truth = new TruthFile(TruthFile.in(directory));
    truth.write(List.of(over));
    truth.end(List.of(over, lasting), over.endedAt().plusSeconds(5));
    List<String> lines = Files.readAllLines(truth.path());
    assertThat(lines).hasSize(2);
    assertThat(lines.get(0)).contains("\"ended_at\":\"" + over.endedAt() + "\"");
    assertThat(lines.get(1)).contains("\"ended_at\":\"" + over.endedAt().plusSeconds(5) + "\"");
  }

  private List<String> rulesOf(Incident incident) throws IOException {
    TruthFile truth = new TruthFile(TruthFile.in(directory));
    truth.end(List.of(incident), Instant.MAX);
    List<String> rules = new ArrayList<>();
    new ObjectMapper()
        .readTree(Files.readString(truth.path()))
        .get("rules")
        .forEach(rule -> rules.add(rule.asText()));
    return rules;
  }
}
