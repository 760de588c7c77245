package io.tidewatch.clickhouse;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * How long rows are kept, counted from when they were written: replayed history stays as long as
 * fresh rows do.
 *
 * <p>The configuration says it all: a table that it does not name keeps its rows for ever.
 */
public final class Retention {

  private static final Pattern TTL = Pattern.compile(" TTL (.*?)(?: SETTINGS |$)");

  private static final String TABLES =
      """
      SELECT name, engine_full
      FROM system.tables
      WHERE database = 'tidewatch' AND engine = 'ReplacingMergeTree' AND name != 'schema_migrations'
      ORDER BY name""";

  private final ClickHouse clickHouse;

  public Retention(ClickHouse clickHouse) {
    this.clickHouse = clickHouse;
  }

  /**
   * Changes the tables whose retention is another one.
   *
   * @param periods by table name
   * @return the statements that were run
   * @throws IllegalArgumentException if a table does not exist or a period is shorter than a second
   * @throws ClickHouseException if ClickHouse refuses a statement or can't be reached
   */
  public List<String> apply(Map<String, Duration> periods) {
    Map<String, String> current = new TreeMap<>();
    clickHouse.query(TABLES).forEach(row -> current.put(row.get("name"), ttl(row)));
    refuseUnknown(periods, current);
    List<String> changes =
        current.entrySet().stream()
            .flatMap(table -> change(table.getKey(), table.getValue(), periods))
            .toList();
    changes.forEach(clickHouse::execute);
    return changes;
  }

  private static Stream<String> change(String table, String ttl, Map<String, Duration> periods) {
    String wanted = periods.containsKey(table) ? expression(periods.get(table)) : "";
    if (wanted.equals(ttl)) {
      return Stream.empty();
    }
    return Stream.of(
        "ALTER TABLE tidewatch.%s %s"
            .formatted(table, wanted.isEmpty() ? "REMOVE TTL" : "MODIFY TTL " + wanted));
  }

  private static void refuseUnknown(Map<String, Duration> periods, Map<String, String> tables) {
    periods.forEach(
        (table, period) -> {
          if (!tables.containsKey(table)) {
            throw new IllegalArgumentException(
                "Retention names the unknown table %s; known are %s"
                    .formatted(table, String.join(", ", tables.keySet())));
          }
          if (period.toSeconds() < 1) {
            throw new IllegalArgumentException(
                "Retention of %s must be at least a second".formatted(table));
          }
        });
  }

  /** As ClickHouse prints it back, so that the two can be compared. */
  private static String expression(Duration period) {
    return period.toSeconds() % Duration.ofDays(1).toSeconds() == 0
        ? "inserted_at + toIntervalDay(%d)".formatted(period.toDays())
        : "inserted_at + toIntervalSecond(%d)".formatted(period.toSeconds());
  }

  private static String ttl(Map<String, String> table) {
    Matcher ttl = TTL.matcher(table.get("engine_full"));
    return ttl.find() ? ttl.group(1) : "";
  }
}
