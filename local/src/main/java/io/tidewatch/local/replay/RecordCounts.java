package io.tidewatch.local.replay;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** How many records of a source came to which end, as its quality metrics say. */
public final class RecordCounts {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String PREFIX = "events_";
  private static final String READ = "read";
  private static final String LATE = "late";
  private static final List<String> ENDS =
      List.of("accepted", "rejected", "duplicate", "no_consent", "erased");

  /** How the keys of the source's days end. */
  private final String daily;

  private final Map<String, Long> byMetricAndDay = new LinkedHashMap<>();

  RecordCounts(String source) {
    this.daily = "|1d|source=" + source;
  }

  /** Takes a message of the topic {@code metric-windows}; a later one of a window replaces it. */
  void accept(byte[] key, byte[] message) {
    String name = new String(key, StandardCharsets.UTF_8);
    if (!name.startsWith(PREFIX) || !name.endsWith(daily)) {
      return;
    }
    try {
      JsonNode row = JSON.readTree(message);
      String end = name.substring(PREFIX.length(), name.length() - daily.length());
      byMetricAndDay.put(end + '|' + row.get("window_start").asText(), row.get("value").asLong());
    } catch (IOException e) {
      throw new UncheckedIOException("a message of metric-windows is not JSON", e);
    }
  }

  public long read() {
    return count(READ);
  }

  public long accepted() {
    return count(ENDS.get(0));
  }

  public long late() {
    return count(LATE);
  }

  /** The number of records that came to that end: accepted, rejected, duplicate, … */
  public long count(String name) {
    return byMetricAndDay.entrySet().stream()
        .filter(entry -> entry.getKey().startsWith(name + '|'))
        .mapToLong(Map.Entry::getValue)
        .sum();
  }

  /** Whether each of so many records was read and came to exactly one end. */
  public boolean accountFor(long records) {
    return read() == records && ENDS.stream().mapToLong(this::count).sum() == records;
  }

  @Override
  public String toString() {
    String ends = ENDS.stream().map(end -> end + '=' + count(end)).collect(Collectors.joining(" "));
    return "%s=%d %s %s=%d".formatted(READ, read(), ends, LATE, late());
  }
}
