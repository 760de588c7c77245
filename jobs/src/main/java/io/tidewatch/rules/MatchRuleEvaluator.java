package io.tidewatch.rules;

import io.tidewatch.alert.Alert;
import io.tidewatch.alert.Evidence;
import io.tidewatch.alert.Figures;
import io.tidewatch.alert.Resolution;
import io.tidewatch.event.Event;
import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Consumer;

/**
 * The life of alerts that an event fires at once: it goes on with each further event and ends after
 * an hour without one.
 *
 * <p>The alert is known by its rule, its series and the hour of its first event, so that the same
 * events in a slightly other order make the same alert. An event older than the end of the last
 * alert belongs to that one and changes nothing. A null state is a calm one.
 */
public final class MatchRuleEvaluator implements Serializable {

  /** How long without a match ends an alert, and how long an ended one is remembered. */
  public static final Duration QUIET = Duration.ofHours(1);

  private final Sentences sentences;

  public MatchRuleEvaluator(ZoneId zone) {
    this.sentences = new Sentences(zone);
  }

  /** Applies an event that the rule watches, as soon as it comes. */
  public EventAlertState onMatch(
      EventRule rule, EventAlertState state, Event event, Consumer<Alert> out) {
    long time = event.time().toEpochMilli();
    EventAlertState before = state;
    if (before != null && before.isFiring()) {
      if (time <= endOf(before)) {
        return before.withMatch(time);
      }
      before = end(rule, before, out);
    }
    if (before != null && time <= before.ended()) {
      return before;
    }
    Alert alert =
        Alert.firing(
            rule.profile(),
            rule.seriesOf(event),
            event.customerBy(rule.by()),
            event.time().truncatedTo(ChronoUnit.HOURS),
            event.time(),
            event.time(),
            new Figures(1.0, null, null),
            sentences.match(rule, event),
            List.of(new Evidence(event.type(), event.id(), event.time(), null, null, null)));
    out.accept(alert);
    return new EventAlertState(1, time, EventAlertState.NEVER_ENDED, alert);
  }

  /**
   * Event time has come so far.
   *
   * @return null where nothing is left to remember
   */
  public EventAlertState onTime(
      EventRule rule, EventAlertState state, long now, Consumer<Alert> out) {
    if (now < nextCheck(state)) {
      return state;
    }
    return state.isFiring() ? end(rule, state, out) : null;
  }

  /** When {@link #onTime} has something to do, epoch milliseconds. */
  public long nextCheck(EventAlertState state) {
    return state.isFiring() ? endOf(state) : state.ended() + QUIET.toMillis();
  }

  private EventAlertState end(EventRule rule, EventAlertState state, Consumer<Alert> out) {
    long end = endOf(state);
    Instant ended = Instant.ofEpochMilli(end);
    out.accept(
        state
            .firing()
            .withValue(state.matches())
            .resolved(
                Resolution.RECOVERED, ended, ended, sentences.quiet(rule, state.matches(), QUIET)));
    return new EventAlertState(0, state.last(), end, null);
  }

  private static long endOf(EventAlertState state) {
    return state.last() + QUIET.toMillis();
  }
}
