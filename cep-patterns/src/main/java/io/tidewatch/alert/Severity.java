package io.tidewatch.alert;

/** How much an alert matters, the least first. */
public enum Severity {
  LOW,
  MEDIUM,
  HIGH,
  CRITICAL
}
