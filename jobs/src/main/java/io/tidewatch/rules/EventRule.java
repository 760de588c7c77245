package io.tidewatch.rules;

import io.tidewatch.alert.AlertProfile;
import io.tidewatch.event.Event;
import io.tidewatch.metrics.Condition;
import io.tidewatch.metrics.EventSelector;
import io.tidewatch.metrics.SeriesKey;
import java.time.Duration;
import java.util.List;
import java.util.Set;

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

  /** Whether the series has the dimensions of those that it watches. */
  public boolean watchesSeries(String series) {
    return SeriesKey.parse(series).keySet().equals(Set.copyOf(by));
  }

  public boolean watchesAbsence() {
    return absentAfter != null;
  }

  /** Whether its alerts are this rule's too: it watches the same series in the same manner. */
  public boolean continues(EventRule before) {
    return by.equals(before.by) && watchesAbsence() == before.watchesAbsence();
  }
}
