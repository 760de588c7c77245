package io.tidewatch.local.alerts;

import io.tidewatch.alert.Severity;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * An alert as people look it up: a row of {@code v_alerts}.
 *
 * @param resolution why it ended; empty while it fires
 * @param dashboard the address of the one that it opens; empty for none
 * @param range of the last window in breach; empty where none was expected
 * @param acknowledgement there if somebody takes care of it
 */
public record AlertEntry(
    String id,
    String rule,
    Severity severity,
    Instant startedAt,
    Optional<Instant> endedAt,
    String resolution,
    String summary,
    String dashboard,
    Optional<RangePicture> range,
    Optional<Acknowledgement> acknowledgement) {

  /** The columns that {@link #of} reads. */
  static final String COLUMNS =
      """
      alert_id, rule, severity, summary, acknowledged_by,
      toUnixTimestamp64Milli(started_at) AS started,
      toUnixTimestamp64Milli(ended_at) AS ended,
      toUnixTimestamp64Milli(acknowledged_at) AS acknowledged,
      JSONExtractString(evidence, 'resolution') AS resolution,
      JSONExtractString(evidence, 'dashboard') AS dashboard,
      JSONExtractArrayRaw(evidence, 'matched')[-1] AS matched,
      JSONExtract(matched, 'value', 'Nullable(Float64)') AS measured,
      JSONExtract(matched, 'expected_low', 'Nullable(Float64)') AS low,
      JSONExtract(matched, 'expected_high', 'Nullable(Float64)') AS high""";

  /** Who takes care of an alert, and since when. */
  public record Acknowledgement(String by, Instant at) {}

  static AlertEntry of(Map<String, String> row) {
    return new AlertEntry(
        row.get("alert_id"),
        row.get("rule"),
        Severity.valueOf(row.get("severity").toUpperCase(Locale.ROOT)),
        Instant.ofEpochMilli(Long.parseLong(row.get("started"))),
        time(row.get("ended")),
        row.get("resolution"),
        row.get("summary"),
        row.get("dashboard"),
        range(number(row.get("measured")), number(row.get("low")), number(row.get("high"))),
        time(row.get("acknowledged"))
            .map(at -> new Acknowledgement(row.get("acknowledged_by"), at)));
  }

  private static Optional<RangePicture> range(
      OptionalDouble value, OptionalDouble low, OptionalDouble high) {
    return value.isEmpty() || low.isEmpty() && high.isEmpty()
        ? Optional.empty()
        : Optional.of(new RangePicture(value.getAsDouble(), low, high));
  }

  private static OptionalDouble number(String text) {
    return text == null ? OptionalDouble.empty() : OptionalDouble.of(Double.parseDouble(text));
  }

  private static Optional<Instant> time(String millis) {
    return Optional.ofNullable(millis).map(Long::valueOf).map(Instant::ofEpochMilli);
  }
}
