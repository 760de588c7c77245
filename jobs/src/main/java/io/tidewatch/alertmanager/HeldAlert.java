package io.tidewatch.alertmanager;

import java.time.Instant;

/**
 * An alert that Alertmanager has to hear of, or to hear of again.
 *
 * @param told whether it ever heard that this alert fires
 * @param acceptedAt when it last accepted the alert as it is now; null if it has not yet
 * @param keptUntil until when it is repeated though it has ended; null before the end was accepted
 */
record HeldAlert(PostableAlert alert, boolean told, Instant acceptedAt, Instant keptUntil) {

  /** One that has just been made. */
  static HeldAlert fresh(PostableAlert alert) {
    return new HeldAlert(alert, false, null, null);
  }

  HeldAlert changed(PostableAlert now) {
    return new HeldAlert(now.knownAs(alert), told, null, null);
  }

  HeldAlert accepted(Instant at, Instant until) {
    return new HeldAlert(alert, told || alert.isFiring(), at, until);
  }

  /** Whether Alertmanager has accepted an earlier state of it: the alert fires there. */
  HeldAlert toldBefore() {
    return new HeldAlert(alert, true, acceptedAt, keptUntil);
  }
}
