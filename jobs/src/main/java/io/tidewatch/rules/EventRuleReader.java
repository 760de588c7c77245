package io.tidewatch.rules;

import io.tidewatch.alert.AlertProfile;
import io.tidewatch.config.YamlMap;
import io.tidewatch.config.YamlNode;
import io.tidewatch.metrics.Condition;
import io.tidewatch.metrics.ConditionReader;
import io.tidewatch.metrics.EventSelector;
import io.tidewatch.metrics.EventSelectorReader;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads a rule that watches events. */
final class EventRuleReader {

  private final EventSelectorReader eventReader;

  EventRuleReader(Set<String> knownTypes) {
    this.eventReader = new EventSelectorReader(knownTypes);
  }

  Optional<EventRule> read(YamlMap rule, Optional<AlertProfile> profile) {
    Optional<YamlMap> event = rule.optional("event").map(YamlNode::map);
    Optional<EventSelector> events =
        event.flatMap(map -> map.required("type")).flatMap(eventReader::read);
    List<Condition> where =
        event.flatMap(map -> map.optional("where")).map(ConditionReader::readAll).orElse(List.of());
    List<String> by =
        event.flatMap(map -> map.optional("by")).map(YamlNode::strings).orElse(List.of());
    Optional<Duration> absentAfter =
        rule.optional("condition").map(YamlNode::map).flatMap(EventRuleReader::absentAfter);
    if (profile.isEmpty() || events.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new EventRule(profile.get(), events.get(), where, by, absentAfter.orElse(null)));
  }

  private static Optional<Duration> absentAfter(YamlMap condition) {
    return condition.required("absent").flatMap(YamlNode::positiveDuration);
  }
}
