package io.tidewatch.rules;

import io.tidewatch.config.Problems;
import io.tidewatch.config.YamlFile;
import io.tidewatch.config.YamlNode;
import io.tidewatch.metrics.MetricCatalogue;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads rules, against the metrics and events that there are. Every mistake becomes a problem;
 * results are to be used only if there is none.
 */
public final class RuleParser implements Serializable {

  private final MetricCatalogue metrics;
  private final Set<String> knownTypes;
  private final BusinessCalendar calendar;

  /**
   * @param metrics what rules may watch
   * @param knownTypes the event types of the catalogue
   * @param calendar the days and hours that rules may speak of
   */
  public RuleParser(MetricCatalogue metrics, Set<String> knownTypes, BusinessCalendar calendar) {
    this.metrics = metrics;
    this.knownTypes = new HashSet<>(knownTypes);
    this.calendar = calendar;
  }

  /** The rules of a file: a list, or one rule by itself. */
  public List<RuleDocument> readFile(Path file, Problems problems) {
    RuleReader reader = new RuleReader(metrics, knownTypes, calendar);
    return YamlFile.read(file, Map.of(), problems, root -> readAll(root, reader)).orElse(List.of());
  }

  /**
   * One rule.
   *
   * @param name what problems call it
   */
  public Optional<RuleDocument> read(String name, String yaml, Problems problems) {
    RuleReader reader = new RuleReader(metrics, knownTypes, calendar);
    return YamlFile.readText(name, yaml, problems, reader::read).flatMap(rule -> rule);
  }

  private static List<RuleDocument> readAll(YamlNode root, RuleReader reader) {
    return root.isMapping() ? reader.read(root).stream().toList() : reader.readAll(root);
  }
}
