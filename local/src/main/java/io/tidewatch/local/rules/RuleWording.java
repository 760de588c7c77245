package io.tidewatch.local.rules;

import io.tidewatch.rules.CustomerPatternRule;
import io.tidewatch.rules.EventPatternRule;
import io.tidewatch.rules.EventRule;
import io.tidewatch.rules.MetricRule;
import io.tidewatch.rules.Rule;
import io.tidewatch.rules.WindowPatternRule;
import java.util.Collection;
import java.util.TreeSet;

/** Rules in words. */
final class RuleWording {

  private RuleWording() {}

  /** Such as {@code api_requests 1m by endpoint}. */
  static String watches(Rule rule) {
    if (rule instanceof MetricRule metric) {
      return metric.metric() + ' ' + metric.window() + by(metric.by());
    }
    if (rule instanceof WindowPatternRule pattern) {
      return "%s in %s %s%s"
          .formatted(
              pattern.profile().pattern(),
              pattern.watched().metric(),
              pattern.watched().window(),
              by(pattern.watched().by()));
    }
    if (rule instanceof EventRule event) {
      String types =
          event.events().isAny() ? "any event" : String.join(", ", event.events().types());
      return (event.watchesAbsence() ? "no " : "") + types + by(event.by());
    }
    if (rule instanceof EventPatternRule pattern) {
      return "%s of each %s"
          .formatted(
              pattern.profile().pattern(), String.join(", else ", pattern.parameters().of()));
    }
    if (rule instanceof CustomerPatternRule pattern) {
      return pattern.profile().pattern() + " of each customer";
    }
    throw new IllegalArgumentException("there are no words for a " + rule.getClass());
  }

  private static String by(Collection<String> dimensions) {
    return dimensions.isEmpty() ? "" : " by " + String.join(", ", new TreeSet<>(dimensions));
  }
}
