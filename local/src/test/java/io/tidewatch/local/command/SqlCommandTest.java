package io.tidewatch.local.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.local.DataDirectory;
import io.tidewatch.local.DirectoryLock;
import io.tidewatch.local.StackAddresses;
import io.tidewatch.local.Terminal;
import io.tidewatch.local.engine.EngineLibrary;
import io.tidewatch.local.engine.EngineProcess;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class SqlCommandTest {

  @TempDir private Path directory;
  @RegisterExtension private final Terminal terminal = new Terminal();

  @Test
  void asksTheDataOfAStoppedStack() {
    assertThat(sql("default", "CREATE DATABASE tidewatch")).isZero();
    assertThat(sql("tidewatch", "CREATE TABLE t (id UInt8, s String) ENGINE = Log")).isZero();
    assertThat(sql("tidewatch", "INSERT INTO t VALUES (1, 'a\tb'), (2, 'Zürich\n\n')")).isZero();
    assertThat(terminal.output()).isEmpty();

    int exitCode = terminal.executeIn(directory, "sql", "SELECT s, id FROM t ORDER BY id");

    assertThat(exitCode).isZero();
    assertThat(terminal.output()).isEqualTo("s\tid\na\\tb\t1\nZürich\\n\\n\t2\n");
    assertThat(terminal.errors()).isEmpty();
  }

  @Test
  void printsTheColumnNamesOfAnEmptyResult() {
    assertThat(sql("default", "SELECT 1 AS one, 2 AS two WHERE 0")).isZero();
    assertThat(terminal.output()).isEqualTo("one\ttwo\n");
  }

  @Test
  void asksTheStackThatIsUp() {
    DataDirectory data = DataDirectory.at(directory);
    try (DirectoryLock lock = data.lock();
        EngineProcess engine =
            new EngineProcess(
                    EngineLibrary.ofUser(System.err).path(),
                    data.clickhouse(),
                    0,
                    data.logs().resolve("clickhouse.log"))
                .start()) {
      data.publish(
          new StackAddresses("", engine.url().toString(), "", ProcessHandle.current().pid()));
      assertThat(sql("default", "SELECT 42 AS answer")).isZero();
      assertThat(terminal.output()).isEqualTo("answer\n42\n");
      assertThat(engine.isAlive()).isTrue();
    }
  }

  @Test
  void saysInOneSentenceWhatClickHouseRefused() {
    assertThat(sql("default", "SELECT * FROM nothing")).isEqualTo(1);
    assertThat(terminal.errors())
        .startsWith("ClickHouse: Unknown table")
        .contains("nothing")
        .hasLineCount(1);
    assertThat(sql("default", "SELEC 1")).isEqualTo(1);
    assertThat(terminal.errors()).contains("Syntax error").doesNotContain("Expected one of");
    assertThat(terminal.output()).isEmpty();
  }

  @Test
  void refusesWrongUsage() {
    assertThat(terminal.execute("sql")).isEqualTo(2);
    assertThat(terminal.execute("no-such-command")).isEqualTo(2);
    assertThat(terminal.output()).isEmpty();
  }

  private int sql(String database, String query) {
    return terminal.executeIn(directory, "sql", "--database", database, query);
  }
}
