package io.tidewatch.rules;

import io.tidewatch.alert.Alert;
import io.tidewatch.event.Event;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What a rule would have made of events, by the same evaluators as in the job. */
public final class EventBacktest {

  private final EventRule rule;
  private final MatchRuleEvaluator matching;
  private final AbsenceRuleEvaluator absence;
  private final Map<String, EventAlertState> series = new HashMap<>();
  private final List<Alert> alerts = new ArrayList<>();

  /**
   * @param zone whose time sentences tell
   */
  public EventBacktest(EventRule rule, ZoneId zone) {
    this.rule = rule;
    this.matching = new MatchRuleEvaluator(zone);
    this.absence = new AbsenceRuleEvaluator(zone);
  }

  /** Applies an event, if the rule watches it; they come in the order of their times. */
  public void onEvent(Event event) {
    if (!rule.watches(event)) {
      return;
    }
    String name = rule.seriesOf(event);
    long time = event.time().toEpochMilli();
    EventAlertState before = lookUntil(time - 1, name);
    series.put(
        name,
        rule.watchesAbsence()
            ? absence.onEvent(rule, before, name, time, alerts::add)
            : matching.onMatch(rule, before, event, alerts::add));
  }

  /** All that would have been written until then: alerts as they fired and as they ended. */
  public List<Alert> alertsUntil(Instant end) {
    List.copyOf(series.keySet()).forEach(name -> lookUntil(end.toEpochMilli() - 1, name));
    return List.copyOf(alerts);
  }

  private EventAlertState lookUntil(long time, String name) {
    EventAlertState state = series.remove(name);
    while (state != null && nextCheck(state) <= time) {
      long now = nextCheck(state);
      state =
          rule.watchesAbsence()
              ? absence.onTime(rule, state, name, now, alerts::add)
              : matching.onTime(rule, state, now, alerts::add);
    }
    if (state != null) {
      series.put(name, state);
    }
    return state;
  }

  private long nextCheck(EventAlertState state) {
    return rule.watchesAbsence() ? absence.nextCheck(rule, state) : matching.nextCheck(state);
  }
}
