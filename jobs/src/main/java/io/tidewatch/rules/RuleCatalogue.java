package io.tidewatch.rules;

import io.tidewatch.config.Problems;
import io.tidewatch.metrics.MetricCatalogue;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * The rules of {@code alerts.yaml} that are not off, in its order.
 *
 * @param calendar the days and hours that they may speak of
 */
public record RuleCatalogue(List<Rule> rules, BusinessCalendar calendar) implements Serializable {

  public RuleCatalogue {
    rules = List.copyOf(rules);
  }

  /**
   * Reads the file; where there is none there are no rules. Every mistake becomes a problem; the
   * result is to be used only if there is none.
   *
   * @param metrics what rules may watch
   * @param knownTypes the event types of the catalogue
   * @param calendar the days and hours that rules may speak of
   */
  public static RuleCatalogue load(
      Path file,
      MetricCatalogue metrics,
      Set<String> knownTypes,
      BusinessCalendar calendar,
      Problems problems) {
    if (Files.notExists(file)) {
      return new RuleCatalogue(List.of(), calendar);
    }
    return new RuleCatalogue(
        new RuleParser(metrics, knownTypes, calendar)
            .readFile(file, problems).stream()
                .filter(RuleDocument::enabled)
                .map(RuleDocument::rule)
                .toList(),
        calendar);
  }

  /** The rules of one kind. */
  public <R extends Rule> List<R> of(Class<R> kind) {
    return rules.stream().filter(kind::isInstance).map(kind::cast).toList();
  }
}
