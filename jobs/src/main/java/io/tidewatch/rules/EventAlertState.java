package io.tidewatch.rules;

import io.tidewatch.alert.Alert;

/**
 * Where an event rule stands with one series. Times are event times in epoch milliseconds.
 *
 * @param matches events since it fired; of an absence rule 0
 * @param last the last event
 * @param ended when the last alert ended, as long as that must be known; else {@link #NEVER_ENDED}
 * @param firing null if it does not
 */
public record EventAlertState(long matches, long last, long ended, Alert firing) {

  static final long NEVER_ENDED = Long.MIN_VALUE;

  static EventAlertState seen(long time) {
    return new EventAlertState(0, time, NEVER_ENDED, null);
  }

  public boolean isFiring() {
    return firing != null;
  }

  EventAlertState withFiring(Alert alert) {
    return new EventAlertState(matches, last, ended, alert);
  }

  EventAlertState withMatch(long time) {
    return new EventAlertState(matches + 1, Math.max(last, time), ended, firing);
  }
}
