package io.tidewatch.clickhouse;

import com.clickhouse.jdbc.Driver;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/** Writes rows with a table's own statement, in one batch at the end. */
final class JdbcRows<T> implements AutoCloseable {

  private final Table<T> table;
  private final Connection connection;
  private final PreparedStatement statement;
  private boolean empty = true;

  JdbcRows(ClickHouseEndpoint endpoint, Table<T> table) {
    this.table = table;
    try {
      connection = new Driver().connect(endpoint.jdbcUrl(), endpoint.jdbcProperties());
      statement = connection.prepareStatement(table.insertSql());
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  void write(T row) {
    try {
      table.bind(statement, row);
      statement.addBatch();
      empty = false;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    try {
      if (!empty) {
        statement.executeBatch();
      }
      statement.close();
      connection.close();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
