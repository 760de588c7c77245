package io.tidewatch.rules;

import io.tidewatch.alert.AlertProfile;
import io.tidewatch.config.DidYouMean;
import io.tidewatch.config.YamlMap;
import io.tidewatch.config.YamlNode;
import io.tidewatch.metrics.MetricCatalogue;
import io.tidewatch.metrics.MetricDefinition;
import io.tidewatch.metrics.WindowSize;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads a rule that watches the windows of a metric. */
final class MetricRuleReader {

  private final MetricCatalogue metrics;

  MetricRuleReader(MetricCatalogue metrics) {
    this.metrics = metrics;
  }

  Optional<MetricRule> read(YamlMap map, Optional<AlertProfile> profile) {
    Optional<MetricDefinition> metric = map.optional("metric").flatMap(this::metric);
    Optional<YamlNode> windowNode = map.required("window");
    Optional<String> window =
        metric.flatMap(known -> windowNode.flatMap(node -> window(node, known)));
    Set<String> by =
        metric
            .flatMap(known -> map.optional("by").map(node -> by(node, known)))
            .orElseGet(
                () -> {
                  map.optional("by");
                  return Set.of();
                });
    Optional<WindowCondition> condition =
        map.required("condition").flatMap(WindowConditionReader::read);
    int breaches = count(map, "for");
    int healthy = count(map, "resolve_after");
    boolean missingIsZero = map.optional("missing").flatMap(MetricRuleReader::isZero).orElse(false);
    boolean early = map.bool("early").orElse(false);
    if (early && metric.isPresent() && condition.isPresent()) {
      requireGrowing(map, metric.get(), condition.get(), breaches);
    }
    if (profile.isEmpty() || metric.isEmpty() || window.isEmpty() || condition.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new MetricRule(
            profile.get(),
            metric.get().name(),
            metric.get().unit(),
            window.get(),
            by,
            condition.get(),
            breaches,
            healthy,
            early,
            missingIsZero));
  }

  private Optional<MetricDefinition> metric(YamlNode node) {
    Optional<String> name = node.string();
    Optional<MetricDefinition> metric = name.flatMap(metrics::metric);
    if (name.isPresent() && metric.isEmpty()) {
      List<String> known = metrics.metrics().stream().map(MetricDefinition::name).toList();
      node.problem(
          "there is no metric '"
              + name.get()
              + "' in metrics.yaml"
              + DidYouMean.hint(name.get(), known));
    }
    return metric;
  }

  private static Optional<String> window(YamlNode node, MetricDefinition metric) {
    return node.oneOf(
        Stream.concat(
                metric.windows().stream().map(WindowSize::label),
                metric.rollingDays().stream().map(days -> days + "d"))
            .toList());
  }

  private static Set<String> by(YamlNode node, MetricDefinition metric) {
    List<String> dimensions = node.strings().stream().sorted().toList();
    if (!metric.groupings().contains(dimensions)) {
      String known =
          metric.by().stream()
              .map(grouping -> grouping.stream().collect(Collectors.joining(", ", "[", "]")))
              .collect(Collectors.joining(" or "));
      node.problem(
          "%s is not kept by %s, %s"
              .formatted(
                  metric.name(),
                  dimensions,
                  known.isEmpty() ? "only its total" : "but by " + known));
    }
    return Set.copyOf(dimensions);
  }

  private static int count(YamlMap map, String key) {
    Optional<YamlNode> node = map.optional(key);
    long number = node.flatMap(YamlNode::integer).orElse(1L);
    if (number < 1 || number > 1000) {
      node.get().problem("expected a whole number of windows, from 1 to 1000, not " + number);
    }
    return (int) number;
  }

  private static Optional<Boolean> isZero(YamlNode node) {
    return node.oneOf(List.of("zero")).map(zero -> true);
  }

  /** A window that is still open can only be judged where more events make it no better. */
  private static void requireGrowing(
      YamlMap map, MetricDefinition metric, WindowCondition condition, int breaches) {
    YamlNode node = map.optional("early").orElseThrow();
    if (!condition.isUpperLimit()) {
      node.problem("'early' goes with the condition 'above' alone");
    }
    if (breaches > 1) {
      node.problem("'early' makes each window an alert of its own and goes with 'for: 1' alone");
    }
    if (Growth.of(metric) != Growth.UPWARD) {
      node.problem(
          metric.name()
              + " may fall while a window is open; 'early' goes with counts, sums, distincts and"
              + " ratios to a fixed budget");
    }
  }
}
