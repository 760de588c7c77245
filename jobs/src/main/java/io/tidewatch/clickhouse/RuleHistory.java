package io.tidewatch.clickhouse;

import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidewatch.event.Event;
import io.tidewatch.metric.MetricWindow;
import io.tidewatch.metrics.SeriesKey;
import io.tidewatch.rules.EventRule;
import io.tidewatch.rules.MetricRule;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Consumer;

/** What rules watched in the past, as the tables keep it; read piece by piece. */
public final class RuleHistory {

  /** Of one series there are at most so many windows in a piece. */
  private static final int WINDOWS_OF_TOTAL = 10_000;

  private static final int WINDOWS_OF_EACH = 60;

  private static final Duration EVENTS_AT_ONCE = Duration.ofHours(6);

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final TypeReference<Map<String, String>> TEXTS = new TypeReference<>() {};

  private final ClickHouse clickHouse;

  public RuleHistory(ClickHouse clickHouse) {
    this.clickHouse = clickHouse;
  }

  /** The final windows of a rule's series that end after the one time and up to the other. */
  public void windows(MetricRule rule, Instant after, Instant upTo, Consumer<MetricWindow> reader) {
    String watched =
        "metric = %s AND window = %s AND is_final AND arraySort(mapKeys(dims)) = %s"
            .formatted(
                SqlText.literal(rule.metric()),
                SqlText.literal(rule.window()),
                new TreeSet<>(rule.by())
                    .stream().map(SqlText::literal).collect(joining(", ", "[", "]")));
    Duration piece =
        rule.length().multipliedBy(rule.by().isEmpty() ? WINDOWS_OF_TOTAL : WINDOWS_OF_EACH);
    for (Instant from = after; from.isBefore(upTo); from = from.plus(piece)) {
      Instant to = from.plus(piece).isBefore(upTo) ? from.plus(piece) : upTo;
      clickHouse
          .query(
              """
              SELECT series, toUnixTimestamp64Milli(window_start) AS start,
                toUnixTimestamp64Milli(window_end) AS end, value, samples
              FROM tidewatch.v_metric_windows
              WHERE %s AND window_end > %s AND window_end <= %s
              ORDER BY window_end, series
              """
                  .formatted(watched, SqlText.time(from), SqlText.time(to)))
          .forEach(
              row -> {
                if (!SeriesKey.isOverflow(row.get("series"))) {
                  reader.accept(window(rule, row));
                }
              });
    }
  }

  /**
   * The events of a rule's types from the one time until the other, in the order of their times.
   */
  public void events(EventRule rule, Instant from, Instant until, Consumer<Event> reader) {
    String types =
        rule.events().isAny()
            ? "1"
            : rule.events().types().stream()
                .map(SqlText::literal)
                .collect(joining(", ", "type IN (", ")"));
    for (Instant begin = from; begin.isBefore(until); begin = begin.plus(EVENTS_AT_ONCE)) {
      Instant end = begin.plus(EVENTS_AT_ONCE);
      clickHouse
          .query(
              """
              SELECT source, event_id, type, toUnixTimestamp64Milli(time) AS millis, customer_id,
                user_id, anonymous_id, session_id, amount, currency,
                toJSONString(properties) AS properties
              FROM tidewatch.v_fact_events
              WHERE %s AND time >= %s AND time < %s
              ORDER BY time, source, event_id
              """
                  .formatted(
                      types, SqlText.time(begin), SqlText.time(end.isBefore(until) ? end : until)))
          .forEach(row -> reader.accept(event(row)));
    }
  }

  private static MetricWindow window(MetricRule rule, Map<String, String> row) {
    long samples = Long.parseLong(row.get("samples"));
    return new MetricWindow(
        rule.metric(),
        rule.window(),
        row.get("series"),
        millis(row.get("start")),
        millis(row.get("end")),
        SeriesKey.parse(row.get("series")),
        Double.parseDouble(row.get("value")),
        null,
        samples,
        true,
        samples);
  }

  private static Event event(Map<String, String> row) {
    Instant time = millis(row.get("millis"));
    String amount = row.get("amount");
    return new Event(
        row.get("source"),
        row.get("event_id"),
        row.get("type"),
        time,
        time,
        present(row.get("customer_id")),
        present(row.get("user_id")),
        present(row.get("anonymous_id")),
        present(row.get("session_id")),
        amount == null ? null : new BigDecimal(amount),
        present(row.get("currency")),
        properties(row.get("properties")),
        false,
        Event.NEVER_LATE);
  }

  private static Map<String, String> properties(String json) {
    try {
      return JSON.readValue(json, TEXTS);
    } catch (JsonProcessingException e) {
      throw new ClickHouseException("ClickHouse gives properties that are no JSON", e);
    }
  }

  /** Tables have no absent texts. */
  private static String present(String text) {
    return text.isEmpty() ? null : text;
  }

  private static Instant millis(String text) {
    return Instant.ofEpochMilli(Long.parseLong(text));
  }
}
