package io.tidewatch.rules;

import io.tidewatch.alert.AlertProfile;
import io.tidewatch.config.YamlMap;
import io.tidewatch.config.YamlNode;
import io.tidewatch.metrics.MetricDefinition;
import io.tidewatch.metrics.WindowSize;
import java.util.List;
import java.util.Optional;

/** Reads a rule that watches the windows of a metric. */
final class MetricRuleReader {

  private static final int MOST_WINDOWS = 1000;

  private final WatchedSeriesReader series;
  private final Holidays holidays;

  MetricRuleReader(WatchedSeriesReader series, Holidays holidays) {
    this.series = series;
    this.holidays = holidays;
  }

  Optional<MetricRule> read(YamlMap map, Optional<AlertProfile> profile) {
    Optional<WatchedSeries> watched = series.read(map);
    Optional<WindowCondition> condition =
        map.required("condition")
            .flatMap(WindowConditionReader::read)
            .map(read -> offHolidays(map, read));
    int breaches = count(map, "for");
    int healthy = count(map, "resolve_after");
    boolean missingIsZero = series.missingIsZero(map, watched);
    boolean early = map.bool("early").orElse(false);
    if (early) {
      YamlNode node = map.optional("early").orElseThrow();
      requireSingleWindows(node, breaches, healthy);
      watched.ifPresent(known -> requireRowsWhileOpen(node, known.window()));
      if (watched.isPresent() && condition.isPresent()) {
        requireGrowing(node, series.definition(watched.get()).orElseThrow(), condition.get());
      }
    }
    if (condition.filter(WindowCondition.Absent.class::isInstance).isPresent()) {
      refuseWhatCountsWindows(map, breaches, healthy);
    }
    if (profile.isEmpty() || watched.isEmpty() || condition.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new MetricRule(
            profile.get(),
            watched.get().metric(),
            watched.get().unit(),
            watched.get().window(),
            watched.get().by(),
            condition.get(),
            breaches,
            healthy,
            early,
            missingIsZero));
  }

  private WindowCondition offHolidays(YamlMap map, WindowCondition condition) {
    Optional<YamlNode> node = map.optional("holidays");
    if (node.flatMap(value -> value.oneOf(List.of("skip"))).isEmpty()) {
      return condition;
    }
    if (condition instanceof WindowCondition.Absent) {
      node.get().problem("'holidays' does not go with 'absent'; mute the rule instead");
      return condition;
    }
    return new WindowCondition.OffHolidays(holidays, condition);
  }

  private static int count(YamlMap map, String key) {
    return map.integer(key, 1, MOST_WINDOWS).orElse(1);
  }

  /** Absence is a matter of time, and over with the first window. */
  private static void refuseWhatCountsWindows(YamlMap map, int breaches, int healthy) {
    if (breaches > 1) {
      refuseWithAbsent(map, "for", "it says itself for how long nothing may come");
    }
    if (healthy > 1) {
      refuseWithAbsent(map, "resolve_after", "it is over with the first window that comes");
    }
    refuseWithAbsent(map, "missing", "a window that counts as 0 is not absent");
  }

  private static void refuseWithAbsent(YamlMap map, String key, String reason) {
    String problem = "'%s' does not go with 'absent': %s".formatted(key, reason);
    map.optional(key).ifPresent(node -> node.problem(problem));
  }

  private static void requireSingleWindows(YamlNode node, int breaches, int healthy) {
    if (breaches > 1) {
      node.problem("'early' makes each window an alert of its own and goes with 'for: 1' alone");
    }
    if (healthy > 1) {
      node.problem("'early' ends an alert with its window and goes with 'resolve_after: 1' alone");
    }
  }

  private static void requireRowsWhileOpen(YamlNode node, String window) {
    if (WindowSize.of(window).filter(WindowSize::hasProvisionalRows).isEmpty()) {
      node.problem(
          "'early' goes with windows of 1h and 1d alone; of others nothing is known before their"
              + " end");
    }
  }

  /** A window that is still open can only be judged where more events make it no better. */
  private static void requireGrowing(
      YamlNode node, MetricDefinition metric, WindowCondition condition) {
    if (!condition.isUpperLimit()) {
      node.problem("'early' goes with the condition 'above' alone");
    }
    if (Growth.of(metric) != Growth.UPWARD) {
      node.problem(
          metric.name()
              + " may fall while a window is open; 'early' goes with counts, sums, distincts and"
              + " ratios to a fixed budget");
    }
  }
}
