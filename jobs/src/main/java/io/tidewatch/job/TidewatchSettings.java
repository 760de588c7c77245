package io.tidewatch.job;

import io.tidewatch.clickhouse.ReportingSettings;
import io.tidewatch.config.ConfigurationException;
import io.tidewatch.config.Problems;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/**
 * All of the configuration, by what it concerns: {@code tidewatch.yaml} and the files beside it.
 */
public record TidewatchSettings(
    ReportingSettings reporting,
    CustomerSettings customers,
    KafkaSettings kafka,
    ClickHouseSettings clickHouse,
    DeliverySettings delivery,
    Sources sources,
    Definitions definitions) {

  /**
   * Reads and checks everything.
   *
   * @param environment resolves {@code ${ENV:NAME}}
   * @throws ConfigurationException naming all problems of all files
   */
  public static TidewatchSettings load(Path tidewatchYaml, Map<String, String> environment) {
    Problems problems = new Problems();
    Definitions definitions =
        Definitions.load(tidewatchYaml.toAbsolutePath().getParent(), problems);
    TidewatchSettings settings =
        new SettingsReader(definitions, environment).read(tidewatchYaml, problems).orElse(null);
    problems.throwIfAny();
    return settings;
  }

  /**
   * These settings, adapted to reading a long history that is already in the topics.
   *
   * @param watermarkAlignment how far, in event time, a source may run ahead of the slowest
   * @param fetchedBytes the most bytes fetched from a partition at a time, unless the settings name
   *     a limit. Alignment can't hold back what was fetched already, so large fetches let a
   *     partition with few events run far ahead of the others
   */
  public TidewatchSettings catchingUp(Duration watermarkAlignment, int fetchedBytes) {
    return new TidewatchSettings(
        reporting,
        customers,
        kafka.fetchingAtMost(fetchedBytes),
        clickHouse,
        delivery,
        sources.alignedWithin(watermarkAlignment),
        definitions);
  }
}
