package io.tidewatch.local.replay;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** Adds up the days of a source's quality metrics, as the topic {@code metric-windows} tells. */
final class DailyCounts {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** How the keys of the source's days end. */
  private final String daily;

  private final Map<String, Map<String, Long>> byNameAndDay = new LinkedHashMap<>();

  DailyCounts(String source) {
    this.daily = "|1d|source=" + source;
  }

  /** Takes a message of the topic; a later one of a window replaces it. */
  void accept(byte[] key, byte[] message) {
    String name = new String(key, StandardCharsets.UTF_8);
    if (!name.startsWith(RecordCounts.PREFIX) || !name.endsWith(daily)) {
      return;
    }
    try {
      JsonNode row = JSON.readTree(message);
      String end = name.substring(RecordCounts.PREFIX.length(), name.length() - daily.length());
      byNameAndDay
          .computeIfAbsent(end, any -> new LinkedHashMap<>())
          .put(row.get("window_start").asText(), row.get("value").asLong());
    } catch (IOException e) {
      throw new UncheckedIOException("a message of metric-windows is not JSON", e);
    }
  }

  RecordCounts total() {
    Map<String, Long> total = new TreeMap<>();
    byNameAndDay.forEach(
        (name, days) -> total.put(name, days.values().stream().mapToLong(Long::longValue).sum()));
    return new RecordCounts(total);
  }
}
