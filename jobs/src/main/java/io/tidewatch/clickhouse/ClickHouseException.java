package io.tidewatch.clickhouse;

/** ClickHouse refused a statement or can't be reached. */
public final class ClickHouseException extends RuntimeException {

  /** The code of an exception where ClickHouse gave no answer. */
  public static final int NO_ANSWER = 0;

  private static final int UNKNOWN_DATABASE = 81;

  private final int code;

  public ClickHouseException(int code, String message) {
    super(message);
    this.code = code;
  }

  ClickHouseException(String message, Throwable cause) {
    super(message, cause);
    this.code = NO_ANSWER;
  }

  /** ClickHouse's own error code, or {@link #NO_ANSWER}. */
  public int code() {
    return code;
  }

  /** Whether that is because nothing has made the database of the tables yet. */
  public boolean lacksTables() {
    return code == UNKNOWN_DATABASE && getMessage().contains("Database " + Table.DATABASE + " ");
  }
}
