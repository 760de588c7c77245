package io.tidewatch.clickhouse;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Remembers what it was told, and the migrations that were recorded in it. */
final class RecordingClickHouse implements ClickHouse {

  private static final Pattern JOURNAL_ENTRY =
      Pattern.compile(
          "INSERT INTO tidewatch.schema_migrations SELECT '(.*)', '(.*)', now64\\(3\\)");

  private final List<String> statements = new ArrayList<>();
  private final Map<String, String> journal = new LinkedHashMap<>();
  private Optional<String> refused = Optional.empty();

  List<String> statements() {
    return statements;
  }

  void refuse(String statement) {
    refused = Optional.of(statement);
  }

  void refuseNothing() {
    refused = Optional.empty();
  }

  @Override
  public void execute(String statement) {
    if (refused.equals(Optional.of(statement))) {
      throw new ClickHouseException(62, "Code: 62. refused " + statement);
    }
    Matcher entry = JOURNAL_ENTRY.matcher(statement);
    if (entry.matches()) {
      journal.put(entry.group(1), entry.group(2));
    } else if (!statement.contains("IF NOT EXISTS tidewatch")) {
      statements.add(statement);
    }
  }

  @Override
  public List<Map<String, String>> query(String query) {
    return journal.entrySet().stream()
        .map(entry -> Map.of("name", entry.getKey(), "checksum", entry.getValue()))
        .toList();
  }
}
