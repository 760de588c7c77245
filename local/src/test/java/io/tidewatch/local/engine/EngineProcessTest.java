package io.tidewatch.local.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidewatch.local.AnotherProcess;
import io.tidewatch.local.LoopbackPort;
import io.tidewatch.local.UserException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EngineProcessTest {

  @TempDir private Path directory;

  @Test
  void keepsDataAndPortOverAKill() throws SQLException {
    try (EngineProcess engine = engine(directory.resolve("data"), 0).start()) {
      update(engine, "CREATE TABLE kept (id UInt32) ENGINE = MergeTree ORDER BY id");
      update(engine, "INSERT INTO kept SELECT number FROM numbers(1000)");
      int port = engine.url().getPort();

      engine.kill();
      assertThat(engine.isAlive()).isFalse();
      engine.start();

      assertThat(engine.url().getPort()).isEqualTo(port);
      assertThat(count(engine, "kept")).isEqualTo(1000);
    }
  }

  @Test
  void keepsDataOverAStop() throws SQLException {
    Path data = directory.resolve("data");
    try (EngineProcess engine = engine(data, 0).start()) {
      update(engine, "CREATE TABLE kept (id UInt32) ENGINE = MergeTree ORDER BY id");
      update(engine, "INSERT INTO kept VALUES (1), (2)");
    }
    try (EngineProcess engine = engine(data, 0).start()) {
      assertThat(count(engine, "kept")).isEqualTo(2);
    }
  }

  @Test
  void stopsOnClose() {
    EngineProcess engine = engine(directory.resolve("data"), 0).start();
    engine.close();
    assertThat(engine.isAlive()).isFalse();
    assertThat(LoopbackPort.isTaken(engine.url().getPort())).isFalse();
  }

  @Test
  void refusesDataInUse() {
    Path data = directory.resolve("data");
    try (EngineProcess first = engine(data, 0).start();
        EngineProcess second = engine(data, 0)) {
      assertThatThrownBy(second::start)
          .isInstanceOf(UserException.class)
          .hasMessageContaining(data.toString())
          .hasMessageContaining("another process uses them");
      assertThat(first.isAlive()).isTrue();
    }
  }

  @Test
  void refusesATakenPort() throws Exception {
    try (ServerSocket holder = new ServerSocket(0, 1, InetAddress.getByName(LoopbackPort.HOST));
        EngineProcess engine = engine(directory.resolve("data"), holder.getLocalPort())) {
      assertThatThrownBy(engine::start)
          .isInstanceOf(UserException.class)
          .hasMessageContaining("Port " + holder.getLocalPort())
          .hasMessageContaining("taken");
    }
  }

  @Test
  void endsWithTheProcessThatStartedIt() throws Exception {
    Path data = directory.resolve("data");
    try (AnotherProcess parent = AnotherProcess.start(EngineParent.class, data)) {
      long enginePid = Long.parseLong(parent.nextLine());
      Optional<ProcessHandle> engine = ProcessHandle.of(enginePid);
      assertThat(engine).isPresent();

      parent.kill();

      engine.get().onExit().get(30, TimeUnit.SECONDS);
    }
    try (EngineProcess next = engine(data, 0).start()) {
      assertThat(next.isAlive()).isTrue();
    }
  }

  /** Starts an engine, says its process id and waits to be killed. */
  static final class EngineParent {

    public static void main(String[] arguments) throws IOException {
      Path data = Path.of(arguments[0]);
      engine(data, 0, data.resolveSibling("parent.log")).start();
      System.out.println(ProcessHandle.current().children().findFirst().orElseThrow().pid());
      System.in.read();
    }
  }

  private EngineProcess engine(Path data, int port) {
    return engine(data, port, directory.resolve("engine.log"));
  }

  private static EngineProcess engine(Path data, int port, Path log) {
    return new EngineProcess(EngineLibrary.ofUser(System.err).path(), data, port, log);
  }

  private static void update(EngineProcess engine, String sql) throws SQLException {
    try (Connection connection = connect(engine);
        Statement statement = connection.createStatement()) {
      statement.executeUpdate(sql);
    }
  }

  private static long count(EngineProcess engine, String table) throws SQLException {
    try (Connection connection = connect(engine);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT count() FROM " + table)) {
      rows.next();
      return rows.getLong(1);
    }
  }

  private static Connection connect(EngineProcess engine) throws SQLException {
    return DriverManager.getConnection(
        "jdbc:clickhouse:%s/default?compress=false".formatted(engine.url()), "default", "");
  }
}
