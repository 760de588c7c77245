package io.tidewatch.job;

import io.tidewatch.alertmanager.AlertmanagerSettings;
import io.tidewatch.clickhouse.Batching;
import io.tidewatch.clickhouse.ClickHouseEndpoint;
import io.tidewatch.clickhouse.ReportingSettings;
import io.tidewatch.config.ConfigurationException;
import io.tidewatch.config.Problems;
import io.tidewatch.currency.ReportingCurrency;
import io.tidewatch.customers.HealthSettings;
import io.tidewatch.dashboards.DashboardLinks;
import io.tidewatch.event.EventCatalogue;
import io.tidewatch.ingest.IngestSettings;
import io.tidewatch.ingest.SourceSetup;
import io.tidewatch.kafka.KafkaSources;
import io.tidewatch.metrics.InternalEvents;
import io.tidewatch.metrics.MetricCatalogue;
import io.tidewatch.revenue.UnitEconomics;
import io.tidewatch.rules.BusinessCalendar;
import io.tidewatch.rules.RuleBook;
import io.tidewatch.rules.RuleCatalogue;
import io.tidewatch.rules.RuleParser;
import io.tidewatch.targets.KpiTarget;
import io.tidewatch.targets.TargetFile;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * All of the configuration: {@code tidewatch.yaml} and the files beside it.
 *
 * @param zone whose midnights begin days
 * @param currency that money is reported in; without one amounts add as they are
 * @param customerTimeToLive how long a silent customer is remembered
 * @param watermarkAlignment how far, in event time, a source may run ahead of the slowest
 * @param kafka client properties, with {@code bootstrap.servers} and {@code group.id}
 * @param writeEvents whether accepted events go to the topic {@code events}
 * @param alertmanager whom alerts are delivered to; without one, to nobody
 * @param dashboards the links from alerts to dashboards
 * @param retention how long a table keeps rows, counted from when they were written
 * @param health what customers' health is scored with
 * @param targets what metrics are to reach
 */
public record TidewatchSettings(
    ZoneId zone,
    Optional<ReportingCurrency> currency,
    Duration allowedLateness,
    Duration customerTimeToLive,
    Duration watermarkAlignment,
    Map<String, String> kafka,
    boolean writeEvents,
    ClickHouseEndpoint clickHouse,
    Batching batching,
    Optional<AlertmanagerSettings> alertmanager,
    DashboardLinks dashboards,
    Map<String, Duration> retention,
    UnitEconomics unitEconomics,
    HealthSettings health,
    IngestSettings ingest,
    List<SourceSetup> sources,
    MetricCatalogue metrics,
    RuleCatalogue rules,
    List<KpiTarget> targets) {

  /** The source that {@code tidewatch replay --format} uses and no other job reads. */
  public static final String REPLAY_SOURCE = "replay";

  /**
   * Reads and checks everything.
   *
   * @param environment resolves {@code ${ENV:NAME}}
   * @throws ConfigurationException naming all problems of all files
   */
  public static TidewatchSettings load(Path tidewatchYaml, Map<String, String> environment) {
    Problems problems = new Problems();
    Path folder = tidewatchYaml.toAbsolutePath().getParent();
    MetricCatalogue metrics =
        RecordMetrics.addMissingTo(
            MetricCatalogue.load(folder.resolve("metrics.yaml"), EventCatalogue.names(), problems));
    RuleCatalogue rules =
        RuleCatalogue.load(
            folder.resolve("alerts.yaml"),
            metrics,
            watchableTypes(),
            BusinessCalendar.load(folder.resolve("calendar.yaml"), problems),
            problems);
    List<KpiTarget> targets = TargetFile.read(folder.resolve("targets.yaml"), metrics, problems);
    TidewatchSettings settings =
        new SettingsReader(metrics, rules, targets, environment)
            .read(tidewatchYaml, problems)
            .orElse(null);
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
    Map<String, String> kafka = new HashMap<>(this.kafka);
    kafka.putIfAbsent(KafkaSources.FETCHED_BYTES, Integer.toString(fetchedBytes));
    return new TidewatchSettings(
        zone,
        currency,
        allowedLateness,
        customerTimeToLive,
        watermarkAlignment,
        kafka,
        writeEvents,
        clickHouse,
        batching,
        alertmanager,
        dashboards,
        retention,
        unitEconomics,
        health,
        ingest,
        sources,
        metrics,
        rules,
        targets);
  }

  /** How views are to count. */
  public ReportingSettings reporting() {
    return new ReportingSettings(zone, currency.map(ReportingCurrency::code), unitEconomics);
  }

  /** Reads rules that are not in {@code alerts.yaml}. */
  public RuleParser ruleParser() {
    return new RuleParser(metrics, watchableTypes(), rules.calendar());
  }

  /** The rules that a job is started with. */
  public RuleBook ruleBook() {
    return new RuleBook(rules, ruleParser());
  }

  private static Set<String> watchableTypes() {
    Set<String> types = new HashSet<>(EventCatalogue.names());
    types.addAll(InternalEvents.DERIVED);
    return types;
  }

  /**
   * The sources that a job reads: the one named, or all but the replay's.
   *
   * @throws IllegalArgumentException if there is no source of that name
   */
  public List<SourceSetup> sourcesFor(String only) {
    if (only == null) {
      return sources.stream().filter(source -> !source.name().equals(REPLAY_SOURCE)).toList();
    }
    List<SourceSetup> named = sources.stream().filter(s -> s.name().equals(only)).toList();
    if (named.isEmpty()) {
      throw new IllegalArgumentException(
          "there is no source '%s' in tidewatch.yaml; there are %s"
              .formatted(only, sources.stream().map(SourceSetup::name).toList()));
    }
    return named;
  }
}
