package io.tidewatch.local.alerts;

import static io.tidewatch.clickhouse.SqlText.literal;
import static io.tidewatch.clickhouse.SqlText.time;

import io.tidewatch.audit.AuditEntry;
import io.tidewatch.clickhouse.AuditLog;
import io.tidewatch.clickhouse.ClickHouse;
import io.tidewatch.local.UserException;
import io.tidewatch.local.alerts.AlertEntry.Acknowledgement;
import java.time.Instant;
import java.util.List;

/** The alerts that ClickHouse knows of, and who takes care of them. */
public final class AlertLog {

  private static final String SELECT =
      "SELECT " + AlertEntry.COLUMNS + "\nFROM tidewatch.v_alerts WHERE ";

  private static final String GRAVEST_FIRST =
      " ORDER BY indexOf(['critical', 'high', 'medium', 'low'], severity), started_at, alert_id";

  /** So many of an ambiguous beginning are named. */
  private static final int MOST_NAMED = 5;

  private static final String ACKNOWLEDGED = "alert.acknowledged";

  private final ClickHouse clickHouse;
  private final AuditLog audit;

  public AlertLog(ClickHouse clickHouse) {
    this.clickHouse = clickHouse;
    this.audit = new AuditLog(clickHouse);
  }

  /** What fires, the gravest first. */
  public List<AlertEntry> firing() {
    return select("status = 'firing'" + GRAVEST_FIRST);
  }

  /** What fired at any time since, the newest first. */
  public List<AlertEntry> since(Instant time) {
    return select(
        "status = 'firing' OR ended_at >= %s ORDER BY started_at DESC, alert_id"
            .formatted(time(time)));
  }

  /**
   * The alert whose id begins so.
   *
   * @throws UserException if there is none, or more than one
   */
  public AlertEntry get(String beginning) {
    List<AlertEntry> found =
        select(
            "startsWith(alert_id, %s) ORDER BY alert_id LIMIT %d"
                .formatted(literal(beginning), MOST_NAMED));
    if (found.isEmpty()) {
      throw new UserException(
          "No alert has an id that begins with '%s': see './tidewatch alerts --history'."
              .formatted(beginning));
    }
    if (found.size() > 1) {
      throw new UserException(
          "'%s' begins the ids of several alerts, name more of it: %s."
              .formatted(
                  beginning, String.join(", ", found.stream().map(AlertEntry::id).toList())));
    }
    return found.get(0);
  }

  /**
   * Notes that somebody takes care of an alert; the first to say so stays.
   *
   * @return who does, since when
   */
  public Acknowledgement acknowledge(AlertEntry alert, String by, Instant now) {
    if (alert.acknowledgement().isPresent()) {
      return alert.acknowledgement().get();
    }
    audit.write(
        new AuditEntry(
            ACKNOWLEDGED + "-" + alert.id(),
            now,
            by,
            ACKNOWLEDGED,
            alert.id(),
            alert.rule() + ": " + alert.summary()));
    clickHouse.execute(
        """
        INSERT INTO tidewatch.alert_acknowledgements
          (alert_id, acknowledged_by, acknowledged_at, version)
        SELECT %s, %s, %s, 1"""
            .formatted(literal(alert.id()), literal(by), time(now)));
    return new Acknowledgement(by, now);
  }

  private List<AlertEntry> select(String condition) {
    return clickHouse.query(SELECT + condition).stream().map(AlertEntry::of).toList();
  }
}
