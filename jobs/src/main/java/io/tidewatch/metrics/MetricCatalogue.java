package io.tidewatch.metrics;

import io.tidewatch.config.Problems;
import io.tidewatch.config.YamlFile;
import io.tidewatch.event.Event;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The metrics of {@code metrics.yaml}, in its order. */
public final class MetricCatalogue implements Serializable {

  private final List<MetricDefinition> metrics;
  private final Map<String, List<MetricDefinition>> namingType = new HashMap<>();
  private final Map<String, List<MetricDefinition>> namingTypeOrAny = new HashMap<>();
  private final List<MetricDefinition> ofAnyEvent;

  public MetricCatalogue(List<MetricDefinition> metrics) {
    this.metrics = List.copyOf(metrics);
    this.ofAnyEvent = metrics.stream().filter(MetricCatalogue::readsAnyEvent).toList();
    for (MetricDefinition metric : metrics) {
      metric.inputs().stream()
          .flatMap(input -> input.events().types().stream())
          .distinct()
          .forEach(type -> namingType.computeIfAbsent(type, t -> new ArrayList<>()).add(metric));
    }
    namingType.forEach(
        (type, named) -> {
          List<MetricDefinition> all = new ArrayList<>(named);
          ofAnyEvent.stream().filter(metric -> !named.contains(metric)).forEach(all::add);
          namingTypeOrAny.put(type, all);
        });
  }

  /**
   * Reads the file. Every mistake becomes a problem; the result is to be used only if there is
   * none.
   *
   * @param knownTypes the event types of the catalogue; other types may be named too, but not one
   *     that is a letter away from one of these
   */
  public static MetricCatalogue load(Path file, Set<String> knownTypes, Problems problems) {
    MetricReader reader = new MetricReader(knownTypes);
    return new MetricCatalogue(
        YamlFile.read(file, Map.of(), problems, reader::readAll).orElse(List.of()));
  }

  public List<MetricDefinition> metrics() {
    return metrics;
  }

  public Optional<MetricDefinition> metric(String name) {
    return metrics.stream().filter(metric -> metric.name().equals(name)).findFirst();
  }

  /**
   * The metrics that the event may feed, by its type: all that name the type and, unless the event
   * is derived, all that read any event.
   */
  public List<MetricDefinition> fedBy(Event event) {
    return event.derived()
        ? namingType.getOrDefault(event.type(), List.of())
        : namingTypeOrAny.getOrDefault(event.type(), ofAnyEvent);
  }

  /** The intervals that must be measured for inputs with {@code between}. */
  public List<IntervalDefinition> intervals() {
    return metrics.stream()
        .flatMap(metric -> metric.inputs().stream())
        .flatMap(input -> input.interval().stream())
        .toList();
  }

  private static boolean readsAnyEvent(MetricDefinition metric) {
    return metric.inputs().stream().anyMatch(input -> input.events().isAny());
  }
}
