package io.tidewatch.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.event.Event;
import io.tidewatch.ingest.LateEvent;
import io.tidewatch.metric.MetricWindow;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.math.BigDecimal;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.Test;

class TablesTest {

  private static final Instant TIME = Instant.parse("2011-05-01T10:00:00.123456Z");

  @Test
  void insertsTheColumnsInOrder() {
    assertThat(Tables.DEAD_LETTERS.insertSql())
        .isEqualTo(
            "INSERT INTO tidewatch.dead_letters (`source`, `topic`, `partition`, `offset`,"
                + " `received_at`, `reason_code`, `reason`, `payload`, `version`)"
                + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)");
  }

  @Test
  void bindsEachColumnOfAFact() throws SQLException {
    Event event =
        new Event(
            "web",
            "e1",
            "page.viewed",
            TIME,
            TIME,
            null,
            "u1",
            null,
            null,
            new BigDecimal("1.50"),
            "EUR",
            Map.of("path", "/"),
            false,
            Event.NEVER_LATE);

    assertThat(bound(Tables.FACT_EVENTS, event))
        .containsEntry("type", "page.viewed")
        .containsEntry("time", "2011-05-01 10:00:00.123")
        .containsEntry("source", "web")
        .containsEntry("event_id", "e1")
        .containsEntry("customer_id", "")
        .containsEntry("user_id", "u1")
        .containsEntry("properties", Map.of("path", "/"))
        .containsEntry("amount", new BigDecimal("1.50"))
        .containsEntry("version", 1L)
        .hasSize(13);
  }

  @Test
  void takesTheVersionOfAWindowFromTheWindow() throws SQLException {
    MetricWindow window =
        new MetricWindow("m", "1h", "", TIME, TIME, Map.of(), 0.5, null, 3, true, 7);

    assertThat(bound(Tables.METRIC_WINDOWS, window))
        .containsEntry("value", 0.5)
        .containsEntry("amount", "NULL")
        .containsEntry("is_final", 1)
        .containsEntry("version", 7L)
        .doesNotContainKey("is_deleted");
    assertThat(bound(Tables.WINDOW_TOMBSTONES, window))
        .containsEntry("version", 7L)
        .containsEntry("is_deleted", 1);
    assertThat(Tables.WINDOW_TOMBSTONES.name()).isEqualTo(Tables.METRIC_WINDOWS.name());
  }

  @Test
  void tellsHowLongARowIs() {
    MetricWindow window =
        new MetricWindow("m", "1h", "a=bc", TIME, TIME, Map.of("a", "bc"), 0.5, null, 3, true, 7);
    LateEvent late = new LateEvent("t", TIME, "web", "e1", TIME, TIME, List.of("1m", "1h"));

    assertThat(Tables.METRIC_WINDOWS.characters(window)).isEqualTo(10);
    assertThat(Tables.LATE_EVENTS.characters(late)).isEqualTo(10);
  }

  @Test
  void travelsWithTheSink() throws IOException, ClassNotFoundException {
    Table<?> copy = InstantiationUtil.clone(Tables.FACT_EVENTS);

    assertThat(copy.insertSql()).isEqualTo(Tables.FACT_EVENTS.insertSql());
  }

  /** What a statement was given for each column. */
  private static <T> Map<String, Object> bound(Table<T> table, T row) throws SQLException {
    Map<String, Object> values = new TreeMap<>();
    PreparedStatement statement =
        (PreparedStatement)
            Proxy.newProxyInstance(
                TablesTest.class.getClassLoader(),
                new Class<?>[] {PreparedStatement.class},
                (proxy, method, arguments) -> {
                  if (!method.getName().equals("setEscapeProcessing")) {
                    String column = table.columns().get((int) arguments[0] - 1);
                    values.put(column, arguments[1] == null ? "NULL" : arguments[1]);
                  }
                  return null;
                });
    table.bind(statement, row);
    return values;
  }
}
