package io.tidewatch.targets;

import io.tidewatch.config.DidYouMean;
import io.tidewatch.config.Problems;
import io.tidewatch.config.YamlFile;
import io.tidewatch.config.YamlMap;
import io.tidewatch.config.YamlNode;
import io.tidewatch.metrics.MetricCatalogue;
import io.tidewatch.metrics.MetricDefinition;
import io.tidewatch.metrics.WindowSize;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads {@code targets.yaml}. */
public final class TargetFile {

  private final MetricCatalogue metrics;
  private final Set<String> names = new HashSet<>();

  private TargetFile(MetricCatalogue metrics) {
    this.metrics = metrics;
  }

  /**
   * Reads the file; where there is none there are no targets. Every mistake becomes a problem; the
   * result is to be used only if there is none.
   *
   * @param metrics what targets may name
   */
  public static List<KpiTarget> read(Path file, MetricCatalogue metrics, Problems problems) {
    if (Files.notExists(file)) {
      return List.of();
    }
    TargetFile reader = new TargetFile(metrics);
    return YamlFile.read(file, Map.of(), problems, reader::targets).orElse(List.of());
  }

  private List<KpiTarget> targets(YamlNode root) {
    return root.list().stream().map(node -> target(node.map())).flatMap(Optional::stream).toList();
  }

  private Optional<KpiTarget> target(YamlMap map) {
    Optional<String> name = map.required("name").flatMap(this::newName);
    Optional<MetricDefinition> metric = map.required("metric").flatMap(this::metric);
    Optional<BigDecimal> value = map.required("value").flatMap(TargetFile::positive);
    Optional<LocalDate> by = map.required("by").flatMap(TargetFile::day);
    Optional<String> phase = map.required("phase").flatMap(YamlNode::string);
    Optional<String> owner = map.required("owner").flatMap(YamlNode::string);
    if (name.isEmpty()
        || metric.isEmpty()
        || value.isEmpty()
        || by.isEmpty()
        || phase.isEmpty()
        || owner.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new KpiTarget(
            name.get(),
            metric.get().name(),
            value.get(),
            metric.get().lowerIsBetter(),
            by.get(),
            phase.get(),
            owner.get()));
  }

  private Optional<String> newName(YamlNode node) {
    Optional<String> name = node.string();
    if (name.isPresent() && !names.add(name.get())) {
      node.problem("there are two targets '" + name.get() + "'");
      return Optional.empty();
    }
    return name;
  }

  private Optional<MetricDefinition> metric(YamlNode node) {
    Optional<String> name = node.string();
    if (name.isEmpty()) {
      return Optional.empty();
    }
    Optional<MetricDefinition> metric = metrics.metric(name.get());
    if (metric.isEmpty()) {
      List<String> known = metrics.metrics().stream().map(MetricDefinition::name).toList();
      node.problem("there is no metric '" + name.get() + "'" + DidYouMean.hint(name.get(), known));
    } else if (!metric.get().windows().contains(WindowSize.ONE_DAY)) {
      node.problem("the metric '" + name.get() + "' has no window of a day");
      return Optional.empty();
    }
    return metric;
  }

  /** Progress is a share of the target. */
  private static Optional<BigDecimal> positive(YamlNode node) {
    Optional<BigDecimal> value = node.decimal();
    if (value.isPresent() && value.get().signum() <= 0) {
      node.problem("expected a number above 0, not " + value.get().toPlainString());
      return Optional.empty();
    }
    return value;
  }

  private static Optional<LocalDate> day(YamlNode node) {
    return node.string()
        .flatMap(
            text -> {
              try {
                return Optional.of(LocalDate.parse(text));
              } catch (DateTimeException e) {
                node.problem("expected a day such as 2027-03-31, not '" + text + "'");
                return Optional.empty();
              }
            });
  }
}
