package io.tidewatch.clickhouse;

import static java.util.stream.Collectors.toMap;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Brings the schema up to date.
 *
 * <p>Each migration runs once, in order of its number, and is recorded with its checksum in {@code
 * tidewatch.schema_migrations}. One that fails half way runs again whole the next time: its
 * statements can be repeated. One that was changed after it ran is refused before anything runs.
 */
public final class Migrations {

  private static final String CREATE_DATABASE = "CREATE DATABASE IF NOT EXISTS tidewatch";

  private static final String CREATE_JOURNAL =
      """
      CREATE TABLE IF NOT EXISTS tidewatch.schema_migrations
      (
          name String,
          checksum String,
          applied_at DateTime64(3, 'UTC')
      )
      ENGINE = ReplacingMergeTree(applied_at)
      ORDER BY name""";

  private final ClickHouse clickHouse;

  public Migrations(ClickHouse clickHouse) {
    this.clickHouse = clickHouse;
  }

  /**
   * Runs those that have not run yet.
   *
   * @return their names, in order
   * @throws IllegalStateException if a migration that ran before has been changed since
   * @throws ClickHouseException if ClickHouse refuses a statement or can't be reached
   */
  public List<String> apply(List<Migration> migrations) {
    clickHouse.execute(CREATE_DATABASE);
    clickHouse.execute(CREATE_JOURNAL);
    Map<String, String> checksums = appliedChecksums();
    migrations.forEach(migration -> refuseIfChanged(migration, checksums));
    List<String> applied = new ArrayList<>();
    for (Migration migration : migrations) {
      if (!checksums.containsKey(migration.name())) {
        migration.statements().forEach(clickHouse::execute);
        record(migration);
        applied.add(migration.name());
      }
    }
    return List.copyOf(applied);
  }

  private Map<String, String> appliedChecksums() {
    return clickHouse.query("SELECT name, checksum FROM tidewatch.schema_migrations FINAL").stream()
        .collect(toMap(row -> row.get("name"), row -> row.get("checksum")));
  }

  private static void refuseIfChanged(Migration migration, Map<String, String> checksums) {
    String known = checksums.get(migration.name());
    if (known != null && !known.equals(migration.checksum())) {
      throw new IllegalStateException(
          "Migration %s was changed after it was applied (SHA-256 %s, applied with %s); restore it and put the change into a new migration"
              .formatted(migration.name(), migration.checksum(), known));
    }
  }

  private void record(Migration migration) {
    clickHouse.execute(
        "INSERT INTO tidewatch.schema_migrations SELECT %s, %s, now64(3)"
            .formatted(SqlText.literal(migration.name()), SqlText.literal(migration.checksum())));
  }
}
