package io.tidewatch.rules.stream;

import io.tidewatch.rules.EventRule;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Finds the rules that may watch an event, by its type. */
final class WatchedEvents {

  private final Map<String, List<EventRule>> byType = new HashMap<>();
  private final List<EventRule> ofAnyType;

  WatchedEvents(List<EventRule> rules) {
    ofAnyType = rules.stream().filter(rule -> rule.events().isAny()).toList();
    for (EventRule rule : rules) {
      for (String type : rule.events().types()) {
        byType.computeIfAbsent(type, t -> new ArrayList<>(ofAnyType)).add(rule);
      }
    }
  }

  List<EventRule> rulesOfType(String type) {
    return byType.getOrDefault(type, ofAnyType);
  }
}
