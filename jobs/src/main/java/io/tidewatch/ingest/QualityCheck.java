package io.tidewatch.ingest;

/**
 * Why an event is in doubt though kept. Names are stable: {@code data_quality} rows rely on them.
 */
public enum QualityCheck {
  EMAIL_FORMAT,
  PHONE_FORMAT,
  URL_FORMAT,
  CUSTOMER_UNKNOWN,
  CAMPAIGN_NOT_STARTED,
  SPEND_OVER_BUDGET,
  /** A change of a subscription came too late to be applied in its order. */
  LEDGER_TOO_LATE,
  /** Money could not be converted to the reporting currency. */
  FX_RATE_MISSING
}
