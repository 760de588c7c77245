package io.tidewatch.customers;

import java.util.Locale;

/** The parts of a health score. */
public enum HealthPart {
  USAGE,
  RECENCY,
  ADOPTION,
  PAYMENT,
  SUPPORT;

  /** As sentences name it. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
