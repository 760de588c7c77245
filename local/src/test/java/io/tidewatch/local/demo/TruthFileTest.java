package io.tidewatch.local.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidewatch.local.company.Befallen;
import io.tidewatch.local.company.Incident;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TruthFileTest {

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
}
