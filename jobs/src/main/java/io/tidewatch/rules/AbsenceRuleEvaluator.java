package io.tidewatch.rules;

import io.tidewatch.alert.Alert;
import io.tidewatch.alert.Endings;
import io.tidewatch.alert.Evidence;
import io.tidewatch.alert.Figures;
import io.tidewatch.alert.Resolution;
import io.tidewatch.metrics.SeriesKey;
import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.function.Consumer;

/**
 * The life of alerts that the absence of events fires, such as of a service's heartbeats.
 *
 * <p>A series is watched from its first event on, and given up a week after its last. Events and
 * time come in event-time order.
 */
public final class AbsenceRuleEvaluator implements Serializable {

  /** How long a series without events is watched. */
  public static final Duration GIVEN_UP_AFTER = Duration.ofDays(7);

  private final Sentences sentences;

  public AbsenceRuleEvaluator(ZoneId zone) {
    this.sentences = new Sentences(zone);
  }

  /**
   * An event came.
   *
   * @param state null at the first one
   */
  public EventAlertState onEvent(
      EventRule rule, EventAlertState state, String series, long time, Consumer<Alert> out) {
    if (state != null && state.isFiring()) {
      Instant at = Instant.ofEpochMilli(time);
      out.accept(
          state
              .firing()
              .resolved(
                  Resolution.RECOVERED, at, at, sentences.presence(nameOf(rule), series, at)));
    }
    return EventAlertState.seen(time);
  }

  /**
   * Event time has come so far.
   *
   * @return null when the series is given up
   */
  public EventAlertState onTime(
      EventRule rule, EventAlertState state, String series, long now, Consumer<Alert> out) {
    if (now < nextCheck(rule, state)) {
      return state;
    }
    if (state.isFiring()) {
      out.accept(Endings.noData(state.firing(), Instant.ofEpochMilli(now)));
      return null;
    }
    Instant last = Instant.ofEpochMilli(state.last());
    Instant started = last.plus(rule.absentAfter());
    Alert alert =
        Alert.firing(
            rule.profile(),
            series,
            SeriesKey.customerOf(series),
            started,
            started,
            started,
            Figures.NONE,
            sentences.absence(nameOf(rule), series, rule.absentAfter(), last),
            List.of(new Evidence(nameOf(rule), "", last, null, null, null)));
    out.accept(alert);
    return state.withFiring(alert);
  }

  /** When {@link #onTime} has something to do, epoch milliseconds. */
  public long nextCheck(EventRule rule, EventAlertState state) {
    Duration patience =
        state.isFiring() ? rule.absentAfter().plus(GIVEN_UP_AFTER) : rule.absentAfter();
    return state.last() + patience.toMillis();
  }

  private static String nameOf(EventRule rule) {
    return rule.events().isAny() ? "event" : String.join(", ", rule.events().types());
  }
}
