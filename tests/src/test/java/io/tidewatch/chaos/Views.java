package io.tidewatch.chaos;

import io.tidewatch.clickhouse.ClickHouseClient;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** All views of two ClickHouse servers, row by row. */
final class Views {

  private static final int SHOWN = 5;

  /** When a row came to be may differ between runs; what it says may not. */
  private static final Set<String> MAY_DIFFER = Set.of("received_at", "updated_at");

  private final ClickHouseClient expected;
  private final ClickHouseClient actual;
  private final Instant end;
  private final Path directory;

  /**
   * @param end alerts that began later speak of the silence after the traffic, which is as long as
   *     a run happens to be left running
   * @param directory for the rows, which may be many
   */
  Views(ClickHouseClient expected, ClickHouseClient actual, Instant end, Path directory) {
    this.expected = expected;
    this.actual = actual;
    this.end = end;
    this.directory = directory;
  }

  /**
   * What one has and the other lacks.
   *
   * @param differences the first ones, readable
   */
  record Outcome(Map<String, Long> rows, List<String> differences) {}

  Outcome compare() throws IOException {
    Map<String, Long> rows = new TreeMap<>();
    List<String> differences = new ArrayList<>();
    for (Map<String, String> view :
        expected.query(
            "SELECT name FROM system.tables WHERE database = 'tidewatch' AND name LIKE 'v\\\\_%'")) {
      String name = view.get("name");
      rows.put(name, compare(name, differences));
    }
    return new Outcome(rows, differences);
  }

  private long compare(String view, List<String> differences) throws IOException {
    String query = query(view);
    Path expectedRows = rows(expected, query, "expected-" + view);
    Path actualRows = rows(actual, query, "actual-" + view);
    int shown = 0;
    long count = 0;
    try (BufferedReader left = Files.newBufferedReader(expectedRows);
        BufferedReader right = Files.newBufferedReader(actualRows)) {
      String lacking = left.readLine();
      String surplus = right.readLine();
      while (lacking != null || surplus != null) {
        int order = lacking == null ? 1 : surplus == null ? -1 : lacking.compareTo(surplus);
        if (order != 0 && shown++ < SHOWN) {
          differences.add(view + (order < 0 ? " lacks " + lacking : " should not have " + surplus));
        }
        count += order >= 0 ? 1 : 0;
        lacking = order <= 0 ? left.readLine() : lacking;
        surplus = order >= 0 ? right.readLine() : surplus;
      }
    }
    if (shown > SHOWN) {
      differences.add("%s: %d differences in all".formatted(view, shown));
    }
    return count;
  }

  private String query(String view) {
    if (view.equals("v_alerts")) {
      // what an event fires began with the one that was read first, and ends an hour later
      return """
          SELECT toJSONString(map('alert_id', alert_id, 'rule', rule, 'series', series, 'severity', severity,
            'life', if(ended_at <= toDateTime64(%1$d, 3),
              format('{} to {}: {}', toString(started_at), toString(ended_at), toString(value)),
              'not over'))) AS row
          FROM tidewatch.v_alerts WHERE started_at <= toDateTime64(%1$d, 3)"""
          .formatted(end.getEpochSecond());
    }
    String columns =
        expected
            .query(
                "SELECT name, type FROM system.columns WHERE database = 'tidewatch' AND table = '%s' ORDER BY position"
                    .formatted(view))
            .stream()
            .filter(column -> !MAY_DIFFER.contains(column.get("name")))
            .map(Views::column)
            .collect(Collectors.joining(", "));
    return "SELECT toJSONString(map(%s)) AS row FROM tidewatch.%s".formatted(columns, view);
  }

  private static String column(Map<String, String> column) {
    String name = column.get("name");
    String value =
        column.get("type").startsWith("Map(")
            ? "toString(mapSort(`" + name + "`))"
            : "toString(`" + name + "`)";
    return "'" + name + "', ifNull(" + value + ", 'NULL')";
  }

  private Path rows(ClickHouseClient server, String query, String name) throws IOException {
    Path file = directory.resolve(name + ".txt");
    try (OutputStream out = Files.newOutputStream(file)) {
      server.copy(query + " ORDER BY row FORMAT LineAsString", out);
    }
    return file;
  }
}
