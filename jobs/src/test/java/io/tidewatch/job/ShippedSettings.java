package io.tidewatch.job;

import java.nio.file.Path;
import java.util.Map;

/** The configuration that ships. */
final class ShippedSettings {

  private ShippedSettings() {}

  static TidewatchSettings load() {
    return TidewatchSettings.load(
        Path.of(System.getProperty("tidewatch.home"), "flink-conf", "tidewatch.yaml"),
        Map.of(
            "KAFKA_BOOTSTRAP", "localhost:9092",
            "CLICKHOUSE_URL", "http://localhost:8123",
            "TIDEWATCH_PSEUDONYM_KEY", "a key for tests"));
  }
}
