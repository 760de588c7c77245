package io.tidewatch.job;

import io.tidewatch.alertmanager.AlertmanagerReader;
import io.tidewatch.config.Problems;
import io.tidewatch.config.YamlFile;
import io.tidewatch.config.YamlMap;
import io.tidewatch.customers.HealthReader;
import io.tidewatch.customers.HealthSettings;
import io.tidewatch.dashboards.DashboardLinksReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Reads {@code tidewatch.yaml}. */
final class SettingsReader {

  private static final Duration DEFAULT_CUSTOMER_TTL = Duration.ofDays(400);

  private final Definitions definitions;
  private final Map<String, String> environment;

  SettingsReader(Definitions definitions, Map<String, String> environment) {
    this.definitions = definitions;
    this.environment = environment;
  }

  Optional<TidewatchSettings> read(Path file, Problems problems) {
    return YamlFile.read(file, environment, problems, root -> read(root.map(), file, problems));
  }

  private TidewatchSettings read(YamlMap root, Path file, Problems problems) {
    return new TidewatchSettings(
        ReportingSettingsReader.read(root, file, problems),
        customers(root),
        root.required("kafka").map(KafkaSettingsReader::read).orElse(null),
        ClickHouseSettingsReader.read(root, environment).orElse(null),
        new DeliverySettings(
            AlertmanagerReader.read(root, environment),
            DashboardLinksReader.read(root, environment)),
        SourcesReader.read(root),
        definitions);
  }

  private static CustomerSettings customers(YamlMap root) {
    return new CustomerSettings(
        root.duration("customer_time_to_live").orElse(DEFAULT_CUSTOMER_TTL),
        root.optional("health").map(HealthReader::read).orElse(HealthSettings.DEFAULT));
  }
}
