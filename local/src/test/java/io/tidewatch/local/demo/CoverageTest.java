package io.tidewatch.local.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.job.TidewatchSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CoverageTest {

  private static final Map<String, String> ENVIRONMENT =
      Map.of(
          "KAFKA_BOOTSTRAP", "localhost:9092",
          "CLICKHOUSE_URL", "http://localhost:8123",
          "TIDEWATCH_PSEUDONYM_KEY", "a key for tests");

  @TempDir Path directory;

  @BeforeEach
  void copyTheShippedConfiguration() throws IOException {
    Path shipped = Path.of(System.getProperty("tidewatch.home"), "flink-conf");
    try (Stream<Path> files = Files.list(shipped)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.copy(file, directory.resolve(file.getFileName()));
      }
    }
  }

  @Test
  void theShippedConfigurationCoversAll() {
    assertThat(coverage()).isEqualTo(new Coverage(true, true, true, true));
  }

  @Test
  void withoutMetricsAndRulesOnlyRecordsAreCounted() throws IOException {
    for (String file : List.of("metrics.yaml", "alerts.yaml", "targets.yaml")) {
      Files.writeString(directory.resolve(file), "[]\n");
    }
    assertThat(coverage()).isEqualTo(new Coverage(true, false, false, false));
  }

  @Test
  void rulesThatSomeHoursMuteNeedNotBeHeardAtOnce() throws IOException {
    edit("alerts.yaml", "\n  event: {", "\n  mute: [{from: \"22:00\", to: \"06:00\"}]\n  event: {");
    assertThat(coverage()).isEqualTo(new Coverage(true, true, true, false));
  }

  @Test
  void repeatsAreRecognisedOnlyWhereEachOfTheirSourcesDeduplicates() throws IOException {
    edit("tidewatch.yaml", ", deduplication: 24h", "");
    assertThat(coverage().repeats()).isFalse();
  }

  private void edit(String file, String from, String to) throws IOException {
    String text = Files.readString(directory.resolve(file));
    assertThat(text).contains(from);
    Files.writeString(directory.resolve(file), text.replace(from, to));
  }

  private Coverage coverage() {
    return Coverage.of(TidewatchSettings.load(directory.resolve("tidewatch.yaml"), ENVIRONMENT));
  }
}
