package io.tidewatch.local.grafana;

/** What a value is measured in, by Grafana's name for it. */
enum Unit {
  NONE("none"),
  /** 12.3 K; money too, which is in the reporting currency. */
  NUMBER("short"),
  /** From 0 to 1. */
  RATIO("percentunit"),
  /** From 0 to 100. */
  PERCENT("percent"),
  MILLISECONDS("ms"),
  SECONDS("s"),
  MINUTES("m"),
  DAYS("d"),
  PER_MINUTE("rpm"),
  TIME("dateTimeFromNow");

  private final String id;

  Unit(String id) {
    this.id = id;
  }

  String id() {
    return id;
  }
}
