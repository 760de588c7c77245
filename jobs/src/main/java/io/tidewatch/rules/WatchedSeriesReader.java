package io.tidewatch.rules;

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

/** Reads which windows of which metric a rule watches. */
final class WatchedSeriesReader {

  private final MetricCatalogue metrics;

  WatchedSeriesReader(MetricCatalogue metrics) {
    this.metrics = metrics;
  }

  Optional<WatchedSeries> read(YamlMap map) {
    Optional<MetricDefinition> metric = map.required("metric").flatMap(this::metric);
    Optional<YamlNode> windowNode = map.required("window");
    Optional<YamlNode> byNode = map.optional("by");
    if (metric.isEmpty()) {
      return Optional.empty();
    }
    MetricDefinition known = metric.get();
    Set<String> by = byNode.map(node -> by(node, known)).orElse(Set.of());
    return windowNode
        .flatMap(node -> window(node, known))
        .map(window -> new WatchedSeries(known.name(), known.unit(), window, by));
  }

  /** Whether a window without events counts as 0. */
  boolean missingIsZero(YamlMap map, Optional<WatchedSeries> watched) {
    Optional<YamlNode> node = map.optional("missing");
    if (node.flatMap(value -> value.oneOf(List.of("zero"))).isEmpty()) {
      return false;
    }
    watched
        .flatMap(this::definition)
        .filter(metric -> !metric.settlesAfter().isZero())
        .ifPresent(metric -> refuseWhatSettles(node.get(), metric));
    return true;
  }

  /** A window of it would be taken for 0 before its row comes. */
  private static void refuseWhatSettles(YamlNode node, MetricDefinition metric) {
    node.problem(
        "'missing: zero' does not go with %s, which settles only after its window's end"
            .formatted(metric.name()));
  }

  Optional<MetricDefinition> definition(WatchedSeries series) {
    return metrics.metric(series.metric());
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
}
