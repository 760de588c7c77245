package io.tidewatch.clickhouse;

import java.util.List;
import java.util.Set;

/** Gives each role its rights, where the server keeps roles. */
public final class Roles {

  /** What became of the statements. */
  public enum Outcome {
    /** The server took them all. */
    APPLIED,
    /** The server lets this user make no roles, as the embedded engine does; they parse. */
    CHECKED_ONLY
  }

  /** ClickHouse's codes for a missing right and for an access storage that can't be written. */
  private static final Set<Integer> KEEPS_NO_ROLES = Set.of(497, 514);

  private final ClickHouse clickHouse;

  public Roles(ClickHouse clickHouse) {
    this.clickHouse = clickHouse;
  }

  /**
   * Runs the statements; each can be repeated. They come after the migrations.
   *
   * @throws ClickHouseException if a statement can't be parsed or is refused for another reason
   *     than that the server keeps no roles
   */
  public Outcome apply(List<String> statements) {
    statements.forEach(statement -> clickHouse.query("EXPLAIN AST " + statement));
    try {
      statements.forEach(clickHouse::execute);
      return Outcome.APPLIED;
    } catch (ClickHouseException e) {
      if (KEEPS_NO_ROLES.contains(e.code())) {
        return Outcome.CHECKED_ONLY;
      }
      throw e;
    }
  }
}
