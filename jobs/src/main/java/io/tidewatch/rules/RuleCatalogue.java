package io.tidewatch.rules;

import io.tidewatch.config.Problems;
import io.tidewatch.metrics.MetricCatalogue;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** The rules of {@code alerts.yaml} that are not off, in its order. */
public record RuleCatalogue(List<Rule> rules) implements Serializable {

  public static final RuleCatalogue NONE = new RuleCatalogue(List.of());

  public RuleCatalogue {
    rules = List.copyOf(rules);
  }

  /**
   * Reads the file; where there is none there are no rules. Every mistake becomes a problem; the
   * result is to be used only if there is none.
   *
   * @param metrics what rules may watch
   * @param knownTypes the event types of the catalogue
   */
  public static RuleCatalogue load(
      Path file, MetricCatalogue metrics, Set<String> knownTypes, Problems problems) {
    if (Files.notExists(file)) {
      return NONE;
    }
    return new RuleCatalogue(
        new RuleParser(metrics, knownTypes)
            .readFile(file, problems).stream()
                .filter(RuleDocument::enabled)
                .map(RuleDocument::rule)
                .toList());
  }

  /** The rules of one kind. */
  public <R extends Rule> List<R> of(Class<R> kind) {
    return rules.stream().filter(kind::isInstance).map(kind::cast).toList();
  }
}
