package io.tidewatch.local.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Optional;

/**
 * A message of the topic {@code alerts}: an alert that began or ended.
 *
 * @param cause id of the event that a rule on events matched first
 * @param changedAt when it fired or was resolved, in event time
 * @param endedAt null while it fires
 * @param seenAt when a reader of the topic got it
 */
public record AlertMessage(
    String id,
    String rule,
    String severity,
    boolean firing,
    String series,
    Instant startedAt,
    Instant changedAt,
    Instant endedAt,
    String summary,
    Optional<String> cause,
    Instant seenAt) {

  private static final ObjectMapper JSON = new ObjectMapper();

  static AlertMessage parse(byte[] value, Instant seenAt) {
    try {
      JsonNode row = JSON.readTree(value);
      JsonNode matched = JSON.readTree(row.path("evidence").asText("{}")).at("/matched/0");
      boolean isEvent = matched.has("id") && !matched.has("to");
      return new AlertMessage(
          row.get("alert_id").asText(),
          row.get("rule").asText(),
          row.get("severity").asText(),
          row.get("status").asText().equals("firing"),
          row.get("series").asText(),
          Instant.parse(row.get("started_at").asText()),
          Instant.parse(row.get("updated_at").asText()),
          row.hasNonNull("ended_at") ? Instant.parse(row.get("ended_at").asText()) : null,
          row.get("summary").asText(),
          isEvent ? Optional.of(matched.get("id").asText()) : Optional.empty(),
          seenAt);
    } catch (IOException e) {
      throw new UncheckedIOException("a message of alerts is not JSON", e);
    }
  }
}
