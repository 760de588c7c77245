package io.tidewatch.metrics;

import io.tidewatch.event.Event;
import java.io.Serializable;
import java.util.List;

/**
 * Which events an input reads.
 *
 * @param types empty for every event that came from a source
 */
public record EventSelector(List<String> types) implements Serializable {

  /** Every event that came from a source; none that a stage derived. */
  public static final EventSelector ANY = new EventSelector(List.of());

  public EventSelector {
    types = types.stream().sorted().distinct().toList();
  }

  public boolean isAny() {
    return types.isEmpty();
  }

  /** Whether the event is one of these; what stages derive is never one that came from a source. */
  public boolean matches(Event event) {
    if (isAny()) {
      return !event.derived();
    }
    return types.contains(event.type())
        && (event.derived() || !InternalEvents.DERIVED.contains(event.type()));
  }

  String canonical() {
    return isAny() ? "any" : types.toString();
  }
}
