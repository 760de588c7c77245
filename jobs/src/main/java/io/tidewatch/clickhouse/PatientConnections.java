package io.tidewatch.clickhouse;

import com.clickhouse.jdbc.Driver;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Set;
import org.apache.flink.connector.jdbc.datasource.connections.JdbcConnectionProvider;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Connections that are only handed out once ClickHouse answers over them.
 *
 * <p>Whoever asks for one waits, with growing pauses, until it does or patience ends. A refused
 * user is not worth waiting for and fails at once.
 */
final class PatientConnections implements JdbcConnectionProvider {

  private static final Logger LOG = LoggerFactory.getLogger(PatientConnections.class);

  private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

  /** ClickHouse's codes for an unknown user, a wrong password and a missing right. */
  private static final Set<Integer> REFUSALS = Set.of(192, 193, 194, 497, 516);

  private final ClickHouseEndpoint endpoint;
  private final String table;
  private final Duration patience;

  private transient Connection connection;

  PatientConnections(ClickHouseEndpoint endpoint, String table, Duration patience) {
    this.endpoint = endpoint;
    this.table = table;
    this.patience = patience;
  }

  @Override
  public Connection getConnection() {
    return connection;
  }

  @Override
  public boolean isConnectionValid() {
    if (connection == null) {
      return false;
    }
    try {
      probe(connection);
      return true;
    } catch (SQLException e) {
      return false;
    }
  }

  @Override
  public Connection getOrEstablishConnection() throws SQLException {
    if (!isConnectionValid()) {
      closeConnection();
      connection = await();
    }
    return connection;
  }

  @Override
  public Connection reestablishConnection() throws SQLException {
    closeConnection();
    return getOrEstablishConnection();
  }

  @Override
  public void closeConnection() {
    if (connection != null) {
      try {
        connection.close();
      } catch (SQLException e) {
        LOG.debug("Closing a connection to ClickHouse failed", e);
      }
      connection = null;
    }
  }

  private Connection await() throws SQLException {
    long start = System.nanoTime();
    Duration pause = FIRST_PAUSE;
    boolean waiting = false;
    while (true) {
      try {
        Connection established = connect();
        if (waiting) {
          LOG.info("ClickHouse is back after {}; writing {} again", since(start), table);
        }
        return established;
      } catch (SQLException e) {
        if (refused(e) || since(start).compareTo(patience) >= 0) {
          throw new SQLException(
              "ClickHouse at %s can't be written to: %s".formatted(endpoint, e.getMessage()), e);
        }
        if (!waiting) {
          waiting = true;
          LOG.warn(
              "ClickHouse at {} does not answer; rows of {} wait up to {}",
              endpoint,
              table,
              patience);
        }
      }
      pause(pause);
      Duration doubled = pause.multipliedBy(2);
      pause = doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
    }
  }

  private Connection connect() throws SQLException {
    Connection established = new Driver().connect(endpoint.jdbcUrl(), endpoint.jdbcProperties());
    try {
      probe(established);
      return established;
    } catch (SQLException e) {
      established.close();
      throw e;
    }
  }

  private static void probe(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("SELECT 1");
    }
  }

  private static boolean refused(SQLException e) {
    return REFUSALS.contains(e.getErrorCode());
  }

  private static Duration since(long start) {
    return Duration.ofSeconds((System.nanoTime() - start) / 1_000_000_000);
  }

  private static void pause(Duration duration) throws SQLException {
    try {
      Thread.sleep(duration.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SQLException("Interrupted while waiting for ClickHouse", e);
    }
  }
}
