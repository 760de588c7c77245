package io.tidewatch.local.preview;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidewatch.clickhouse.ClickHouseClient;
import io.tidewatch.clickhouse.SqlText;
import io.tidewatch.local.alerts.AlertLog;
import io.tidewatch.metrics.MetricCatalogue;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

/** The alerts, what proves them, and who takes care of them. */
final class AlertApi {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern ID = Pattern.compile("[0-9a-f]{32}");
  private static final int LONGEST_NAME = 100;

  /** How many windows are drawn before the alert, and after its end. */
  private static final int WINDOWS_BEFORE = 48;

  private static final int WINDOWS_AFTER = 12;
  private static final int MOST_WINDOWS = 1_500;

  private static final String LIST =
      """
      SELECT alert_id, rule, pattern, severity, status, series, customer_id, started_at, ended_at,
        value, baseline, threshold, summary, acknowledged_by, acknowledged_at
      FROM
      (
        SELECT *, row_number() OVER (PARTITION BY status ORDER BY started_at DESC) AS place
        FROM v_alerts
      )
      WHERE place <= 500
      ORDER BY started_at DESC, alert_id
      """;

  private final ClickHouseClient clickHouse;
  private final MetricCatalogue metrics;
  private final AlertLog log;
  private final InstantSource clock;

  /**
   * @param clickHouse that answers only reading queries
   * @param log that notes who takes care of an alert
   */
  AlertApi(
      ClickHouseClient clickHouse, MetricCatalogue metrics, AlertLog log, InstantSource clock) {
    this.clickHouse = clickHouse;
    this.metrics = metrics;
    this.log = log;
    this.clock = clock;
  }

  /** Answers {@code /api/alerts…}, of which the path is what follows. */
  Answer answer(Request request, List<String> path) {
    if (path.isEmpty()) {
      return Answer.json(rows(LIST));
    }
    String id = path.get(0);
    if (!ID.matcher(id).matches()) {
      throw Problem.notFound("'%s' is no alert's id: it has 32 hex digits.".formatted(id));
    }
    if (path.size() == 1) {
      return Answer.json(alert(id));
    }
    if (path.size() == 2 && path.get(1).equals("windows")) {
      return windows(alert(id));
    }
    if (path.size() == 2 && path.get(1).equals("acknowledgement")) {
      if (!request.method().equals("POST")) {
        throw Problem.badRequest("An acknowledgement is posted.");
      }
      String by = request.text("by", LONGEST_NAME);
      alert(id);
      log.acknowledge(log.get(id), by, clock.instant());
      return Answer.json(alert(id));
    }
    throw Problem.notFound("There is nothing at this address.");
  }

  /** A row of {@code v_alerts}, its evidence as a tree and the unit of its metric. */
  private ObjectNode alert(String id) {
    ObjectNode alert =
        rows("SELECT * FROM v_alerts WHERE alert_id = " + SqlText.literal(id)).stream()
            .findFirst()
            .orElseThrow(() -> Problem.notFound("There is no alert " + id + "."));
    alert.set("evidence", tree(alert.path("evidence").asText(), "{}"));
    alert.set("contributors", tree(alert.path("contributors").asText(), "[]"));
    alert.put(
        "unit",
        firstWindow(alert)
            .flatMap(window -> metrics.metric(window.path("name").asText()))
            .map(metric -> metric.unit().name().toLowerCase(Locale.ROOT))
            .orElse(""));
    return alert;
  }

  /** The windows of the alert's metric and series, from before it until after its end. */
  private Answer windows(ObjectNode alert) {
    Optional<JsonNode> first = firstWindow(alert);
    if (first.isEmpty()) {
      return Answer.jsonText("{\"meta\": [], \"data\": []}");
    }
    JsonNode window = first.get();
    Instant from = Instant.parse(window.path("from").asText());
    Duration length = Duration.between(from, Instant.parse(window.path("to").asText()));
    String until =
        alert.path("ended_at").isNull()
            ? "now64(3)"
            : SqlText.time(
                Instant.parse(alert.path("ended_at").asText()).plus(times(length, WINDOWS_AFTER)));
    return Answer.jsonText(
        clickHouse.text(
            """
            SELECT window_start AS time, value FROM v_metric_windows
            WHERE metric = %s AND window = %s AND series = %s
              AND window_start >= %s AND window_start <= %s
            ORDER BY window_start LIMIT %d
            FORMAT JSONCompact
            """
                .formatted(
                    SqlText.literal(window.path("name").asText()),
                    SqlText.literal(window.path("id").asText()),
                    SqlText.literal(alert.path("series").asText()),
                    SqlText.time(from.minus(times(length, WINDOWS_BEFORE))),
                    until,
                    MOST_WINDOWS)));
  }

  private static Duration times(Duration length, int count) {
    return length.multipliedBy(count);
  }

  /** What has no end was an event. */
  private static Optional<JsonNode> firstWindow(ObjectNode alert) {
    return StreamSupport.stream(alert.at("/evidence/matched").spliterator(), false)
        .filter(matched -> matched.hasNonNull("to"))
        .findFirst();
  }

  private List<ObjectNode> rows(String query) {
    return clickHouse
        .text(query + "\nFORMAT JSONEachRow")
        .lines()
        .map(line -> (ObjectNode) tree(line, "{}"))
        .toList();
  }

  private static JsonNode tree(String text, String otherwise) {
    try {
      return JSON.readTree(text.isBlank() ? otherwise : text);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("ClickHouse answered what is no JSON: " + text, e);
    }
  }
}
