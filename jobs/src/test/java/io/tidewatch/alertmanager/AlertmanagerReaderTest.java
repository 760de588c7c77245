package io.tidewatch.alertmanager;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.config.Problem;
import io.tidewatch.config.Problems;
import io.tidewatch.config.YamlFile;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AlertmanagerReaderTest {

  private static final Map<String, String> NAMED =
      Map.of("ALERTMANAGER_URL", "http://127.0.0.1:9093/");

  @TempDir private Path folder;

  private final Problems problems = new Problems();

  @Test
  void isOffWhereNobodyNamesAnAddress() throws IOException {
    assertThat(read("{}", Map.of())).isEmpty();
    assertThat(read("{alertmanager: {resend: 30s}}", Map.of())).isEmpty();
    assertThat(problems.list()).isEmpty();
  }

  @Test
  void takesTheAddressOfTheFileOrElseOfTheEnvironment() throws IOException {
    assertThat(read("{alertmanager: {url: 'https://alerts.example.com', resend: 30s}}", NAMED))
        .contains(
            new AlertmanagerSettings(
                URI.create("https://alerts.example.com"),
                Duration.ofSeconds(30),
                Duration.ofSeconds(10)));
    assertThat(read("{}", NAMED))
        .contains(AlertmanagerSettings.of(URI.create("http://127.0.0.1:9093")));
  }

  @Test
  void tellsAllProblemsAtOnce() throws IOException {
    read("{alertmanager: {url: 'alerts:9093', resend: 1ms, timeot: 1s}}", Map.of());
    assertThat(problems.list())
        .extracting(Problem::message)
        .containsExactlyInAnyOrder(
            "expected Alertmanager's address such as http://host:9093, not 'alerts:9093'",
            "'resend' must be at least 1s",
            "unknown key 'timeot'; did you mean 'timeout'?");
  }

  private Optional<AlertmanagerSettings> read(String yaml, Map<String, String> environment)
      throws IOException {
    Path file = Files.writeString(folder.resolve("tidewatch.yaml"), yaml);
    return YamlFile.read(
            file, environment, problems, root -> AlertmanagerReader.read(root.map(), environment))
        .flatMap(settings -> settings);
  }
}
