package io.tidewatch.rules;

import io.tidewatch.alert.AlertProfile;
import io.tidewatch.event.Event;
import io.tidewatch.metrics.Condition;
import io.tidewatch.metrics.EventSelector;
import io.tidewatch.metrics.SeriesKey;
import java.time.Duration;
import java.util.List;

/**
 * Watches events, each series by itself.
 *
 * @param by the dimensions of a series, in ascending order; an event without one of them is not
 *     watched
 * @param absentAfter if given, it is the absence of events for so long that fires, once there was
 *     one; if null, each event fires
 */
public record EventRule(
    AlertProfile profile,
    EventSelector events,
    List<Condition> where,
    List<String> by,
    Duration absentAfter)
    implements Rule {

  public EventRule {
    where = List.copyOf(where);
    by = by.stream().sorted().toList();
  }

  public boolean watches(Event event) {
    return events.matches(event)
        && where.stream().allMatch(condition -> condition.holds(event))
        && by.stream().noneMatch(dimension -> event.get(dimension) == null);
  }

  public String seriesOf(Event event) {
    return SeriesKey.of(by, event);
  }

  public boolean watchesAbsence() {
    return absentAfter != null;
  }
}
