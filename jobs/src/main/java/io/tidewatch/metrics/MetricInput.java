package io.tidewatch.metrics;

import io.tidewatch.event.Event;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;

/**
 * One aggregate over some events; a metric's formula puts its inputs together.
 *
 * @param measured null unless the input reads an interval that must be measured first
 */
public record MetricInput(
    String name,
    EventSelector events,
    List<Condition> where,
    Aggregate aggregate,
    IntervalDefinition measured)
    implements Serializable {

  public MetricInput {
    where = List.copyOf(where);
  }

  /** The interval that must be measured for this input to have events. */
  public Optional<IntervalDefinition> interval() {
    return Optional.ofNullable(measured);
  }

  /** What the event gives to this input; null if nothing. */
  Reading read(Event event) {
    if (!events.matches(event)) {
      return null;
    }
    for (Condition condition : where) {
      if (!condition.holds(event)) {
        return null;
      }
    }
    return aggregate.read(event);
  }

  String canonical() {
    return name
        + ':'
        + events.canonical()
        + where.stream().map(Condition::canonical).sorted().toList()
        + aggregate.canonical()
        + (measured == null ? "" : measured.canonical());
  }
}
