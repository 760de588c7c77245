package io.tidewatch.metrics;

import io.tidewatch.event.Event;
import java.io.Serializable;
import java.time.Duration;
import java.util.List;

/**
 * The time from one event to the next of the same key, which a stage measures and emits as {@code
 * interval.measured}: property {@code interval} is the name; {@code milliseconds}, {@code seconds},
 * {@code minutes}, {@code hours} and {@code days} are its length.
 *
 * @param name {@code <metric>.<input>}
 * @param from types that start it
 * @param to types that end it
 * @param key the property that both events share
 * @param within the longest interval that counts
 */
public record IntervalDefinition(
    String name, List<String> from, List<String> to, String key, Duration within)
    implements Serializable {

  static final List<String> LENGTHS =
      List.of("milliseconds", "seconds", "minutes", "hours", "days");

  static final Duration DEFAULT_WITHIN = Duration.ofDays(365);

  public IntervalDefinition {
    from = from.stream().sorted().distinct().toList();
    to = to.stream().sorted().distinct().toList();
  }

  /** Whether the event starts or ends such an interval. */
  public boolean concerns(Event event) {
    return (from.contains(event.type()) || to.contains(event.type())) && event.get(key) != null;
  }

  String canonical() {
    return name + from + to + key + within;
  }
}
