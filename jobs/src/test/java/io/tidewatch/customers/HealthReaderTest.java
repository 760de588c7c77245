package io.tidewatch.customers;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.config.Problem;
import io.tidewatch.config.Problems;
import io.tidewatch.config.YamlFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HealthReaderTest {

  @TempDir private Path folder;

  private final Problems problems = new Problems();

  @Test
  void whatIsNotGivenIsAsShipped() throws IOException {
    assertThat(read("{features: 7}"))
        .hasValueSatisfying(
            settings -> {
              assertThat(settings.adoptedFeatures()).isEqualTo(7);
              assertThat(settings.weights()).isEqualTo(HealthSettings.DEFAULT.weights());
            });
    assertThat(problems.list()).isEmpty();
  }

  @Test
  void allProblemsAreToldAtOnce() throws IOException {
    read(
        """
        weights: {usage: 40}
        nothing_left_after: 36h
        features: 0
        good_from: 40
        open_ticket: 3
        """);
    assertThat(problems.list())
        .extracting(Problem::message)
        .containsExactlyInAnyOrder(
            "the weights add up to 110, not to 100",
            "expected whole days, 1d or more",
            "expected a whole number from 1 to 2147483647, not '0'",
            "expected at_risk_from below good_from, and that below excellent_from",
            "unknown key 'open_ticket'; did you mean 'open_tickets'?");
  }

  private Optional<HealthSettings> read(String yaml) throws IOException {
    Path file = Files.writeString(folder.resolve("health.yaml"), yaml);
    return YamlFile.read(file, Map.of(), problems, HealthReader::read);
  }
}
