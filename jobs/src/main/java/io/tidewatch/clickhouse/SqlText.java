package io.tidewatch.clickhouse;

/** Values as SQL text. */
public final class SqlText {

  private SqlText() {}

  /** A string literal. */
  public static String literal(String value) {
    return "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }
}
