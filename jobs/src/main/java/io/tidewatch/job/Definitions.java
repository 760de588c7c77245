package io.tidewatch.job;

import io.tidewatch.config.Problems;
import io.tidewatch.event.EventCatalogue;
import io.tidewatch.metrics.InternalEvents;
import io.tidewatch.metrics.MetricCatalogue;
import io.tidewatch.rules.BusinessCalendar;
import io.tidewatch.rules.RuleBook;
import io.tidewatch.rules.RuleCatalogue;
import io.tidewatch.rules.RuleParser;
import io.tidewatch.targets.KpiTarget;
import io.tidewatch.targets.TargetFile;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What is measured and watched: the files beside {@code tidewatch.yaml}.
 *
 * @param targets what metrics are to reach
 */
public record Definitions(MetricCatalogue metrics, RuleCatalogue rules, List<KpiTarget> targets) {

  public Definitions {
    targets = List.copyOf(targets);
  }

  static Definitions load(Path folder, Problems problems) {
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
    return new Definitions(
        metrics, rules, TargetFile.read(folder.resolve("targets.yaml"), metrics, problems));
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
}
