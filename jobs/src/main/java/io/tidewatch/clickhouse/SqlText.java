package io.tidewatch.clickhouse;

/** Values as SQL text. */
final class SqlText {

  private SqlText() {}

  /** A string literal. */
  static String literal(String value) {
    return "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }
}
