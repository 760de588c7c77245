package io.tidewatch.alert;

/** Where an alert stands; one that is still pending is never written. */
public enum AlertStatus {
  FIRING,
  RESOLVED
}
