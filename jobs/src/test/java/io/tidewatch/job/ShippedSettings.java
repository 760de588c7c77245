package io.tidewatch.job;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;

/** The configuration that ships. */
public final class ShippedSettings {

  private ShippedSettings() {}

  private static final Path CONF = Path.of(System.getProperty("tidewatch.home"), "flink-conf");

  private static final Map<String, String> ENVIRONMENT =
      Map.of(
          "KAFKA_BOOTSTRAP", "localhost:9092",
          "CLICKHOUSE_URL", "http://localhost:8123",
          "TIDEWATCH_PSEUDONYM_KEY", "a key for tests");

  public static TidewatchSettings load() {
    return TidewatchSettings.load(CONF.resolve("tidewatch.yaml"), ENVIRONMENT);
  }

  /** With more lines in {@code tidewatch.yaml}; the files are put into the directory. */
  static TidewatchSettings loadWith(Path directory, String... lines) throws IOException {
    return loadWithOwn(
        directory,
        Files.readString(CONF.resolve("tidewatch.yaml")) + String.join("\n", lines) + "\n");
  }

  /** With another {@code tidewatch.yaml}; the files are put into the directory. */
  static TidewatchSettings loadWithOwn(Path directory, String tidewatchYaml) throws IOException {
    for (String file : List.of("metrics.yaml", "alerts.yaml", "calendar.yaml")) {
      Files.copy(CONF.resolve(file), directory.resolve(file), StandardCopyOption.REPLACE_EXISTING);
    }
    return TidewatchSettings.load(
        Files.writeString(directory.resolve("tidewatch.yaml"), tidewatchYaml), ENVIRONMENT);
  }
}
