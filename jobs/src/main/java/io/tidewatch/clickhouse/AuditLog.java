package io.tidewatch.clickhouse;

import static java.util.stream.Collectors.joining;

import io.tidewatch.audit.AuditEntry;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The table {@code audit_log}, as commands read and write it. */
public final class AuditLog {

  private static final String ENTRIES =
      "SELECT entry_id, toUnixTimestamp64Milli(time) AS millis, actor, action, object, details"
          + " FROM tidewatch.v_audit_log WHERE ";

  private final ClickHouse clickHouse;

  public AuditLog(ClickHouse clickHouse) {
    this.clickHouse = clickHouse;
  }

  /**
   * Adds an entry; one that is there already is replaced by itself.
   *
   * @throws ClickHouseException if ClickHouse refuses it or can't be reached
   */
  public void write(AuditEntry entry) {
    clickHouse.execute(
        "INSERT INTO tidewatch.audit_log (entry_id, time, actor, action, object, details, version)"
            + " SELECT %s, %s, %s, %s, %s, %s, 1"
                .formatted(
                    SqlText.literal(entry.id()),
                    SqlText.time(entry.time()),
                    SqlText.literal(entry.actor()),
                    SqlText.literal(entry.action()),
                    SqlText.literal(entry.object()),
                    SqlText.literal(entry.details())));
  }

  /** The entry of this id, if it is there yet. */
  public Optional<AuditEntry> find(String id) {
    return rows("entry_id = " + SqlText.literal(id)).stream().findFirst();
  }

  /**
   * What was done, in its order.
   *
   * @param actions which of all there are
   * @param object empty for every object
   */
  public List<AuditEntry> history(Collection<String> actions, Optional<String> object) {
    String ofActions =
        actions.stream().map(SqlText::literal).collect(joining(", ", "action IN (", ")"));
    return rows(
        object.map(name -> ofActions + " AND object = " + SqlText.literal(name)).orElse(ofActions));
  }

  private List<AuditEntry> rows(String condition) {
    return clickHouse.query(ENTRIES + condition + " ORDER BY time, entry_id").stream()
        .map(AuditLog::entry)
        .toList();
  }

  private static AuditEntry entry(Map<String, String> row) {
    return new AuditEntry(
        row.get("entry_id"),
        Instant.ofEpochMilli(Long.parseLong(row.get("millis"))),
        row.get("actor"),
        row.get("action"),
        row.get("object"),
        row.get("details"));
  }
}
