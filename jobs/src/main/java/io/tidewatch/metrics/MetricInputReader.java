package io.tidewatch.metrics;

import io.tidewatch.config.DidYouMean;
import io.tidewatch.config.YamlMap;
import io.tidewatch.config.YamlNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads one input of a metric. */
final class MetricInputReader {

  private static final String AGGREGATES =
      Arrays.stream(Aggregate.Function.values())
          .map(MetricInputReader::key)
          .collect(Collectors.joining(", "));

  private final EventSelectorReader eventReader;

  MetricInputReader(Set<String> knownTypes) {
    this.eventReader =
        new EventSelectorReader(
            Stream.of(knownTypes, InternalEvents.ON_ARRIVAL_CLOCK, InternalEvents.DERIVED)
                .flatMap(Set::stream)
                .collect(Collectors.toUnmodifiableSet()));
  }

  /** The input; empty if there is a problem without which it would make no sense. */
  Optional<MetricInput> read(String metric, String name, YamlNode node) {
    YamlMap map = node.map();
    Optional<YamlNode> event = map.optional("event");
    Optional<YamlNode> between = map.optional("between");
    List<Condition> where = map.optional("where").map(ConditionReader::readAll).orElse(List.of());
    Optional<Aggregate> aggregate = readAggregate(map);
    if (event.isPresent() == between.isPresent()) {
      node.problem("expected either 'event' or 'between'");
    }
    Optional<IntervalDefinition> interval =
        between.flatMap(value -> readInterval(metric + "." + name, value));
    if (interval.isPresent()) {
      aggregate.ifPresent(a -> requireLength(node, a));
      return aggregate.map(a -> ofInterval(name, interval.get(), where, a));
    }
    Optional<EventSelector> events = event.flatMap(eventReader::read);
    return events.isPresent() && aggregate.isPresent()
        ? Optional.of(new MetricInput(name, events.get(), where, aggregate.get(), null))
        : Optional.empty();
  }

  private static MetricInput ofInterval(
      String name, IntervalDefinition interval, List<Condition> where, Aggregate aggregate) {
    List<Condition> conditions = new ArrayList<>(where);
    conditions.add(new Condition.OneOf("interval", List.of(interval.name())));
    EventSelector measured = new EventSelector(List.of(InternalEvents.INTERVAL_MEASURED));
    return new MetricInput(name, measured, conditions, aggregate, interval);
  }

  private static Optional<Aggregate> readAggregate(YamlMap map) {
    List<Aggregate> aggregates = new ArrayList<>();
    List<String> keys = new ArrayList<>();
    for (Aggregate.Function function : Aggregate.Function.values()) {
      Optional<YamlNode> node = map.optional(key(function));
      node.ifPresent(value -> keys.add(key(function)));
      node.flatMap(value -> readAggregate(function, value)).ifPresent(aggregates::add);
    }
    if (keys.isEmpty()) {
      map.node().problem("expected one aggregate of " + AGGREGATES);
    } else if (keys.size() > 1) {
      map.node().problem("expected one aggregate, not " + String.join(" and ", keys));
    }
    return aggregates.stream().findFirst();
  }

  private static Optional<Aggregate> readAggregate(Aggregate.Function function, YamlNode node) {
    return switch (function) {
      case COUNT -> {
        Optional<Boolean> counted = node.bool();
        if (counted.isPresent() && !counted.get()) {
          node.problem("expected true, not 'false'");
        }
        yield counted.map(yes -> new Aggregate(function, List.of()));
      }
      case DISTINCT -> {
        List<String> properties = node.strings();
        if (properties.isEmpty()) {
          node.problem("expected a property, or a list of them of which the first present counts");
        }
        yield properties.isEmpty()
            ? Optional.empty()
            : Optional.of(new Aggregate(function, properties));
      }
      case SUM, AVG, MIN, MAX, LAST, P50, P95, P99 ->
          node.string().map(property -> new Aggregate(function, List.of(property)));
    };
  }

  private Optional<IntervalDefinition> readInterval(String name, YamlNode node) {
    YamlMap map = node.map();
    List<String> from = map.required("from").map(eventReader::readTypes).orElse(List.of());
    List<String> to = map.required("to").map(eventReader::readTypes).orElse(List.of());
    Optional<String> key = map.required("key").flatMap(YamlNode::string);
    Duration within = map.duration("within").orElse(IntervalDefinition.DEFAULT_WITHIN);
    if (from.isEmpty() || to.isEmpty() || key.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(new IntervalDefinition(name, from, to, key.get(), within));
  }

  private static void requireLength(YamlNode node, Aggregate aggregate) {
    for (String property : aggregate.properties()) {
      if (!IntervalDefinition.LENGTHS.contains(property)) {
        node.problem(
            "an interval has one of "
                + String.join(", ", IntervalDefinition.LENGTHS)
                + ", not '"
                + property
                + "'"
                + DidYouMean.hint(property, IntervalDefinition.LENGTHS));
      }
    }
  }

  private static String key(Aggregate.Function function) {
    return function.name().toLowerCase(Locale.ROOT);
  }
}
