package io.tidewatch.local.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.local.DataDirectory;
import io.tidewatch.local.DirectoryLock;
import io.tidewatch.local.StackAddresses;
import io.tidewatch.local.Tidewatch;
import io.tidewatch.local.engine.EngineLibrary;
import io.tidewatch.local.engine.EngineProcess;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class SqlCommandTest {

  @TempDir private Path directory;
  private final PrintStream standardOutput = System.out;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final StringWriter err = new StringWriter();

  @BeforeEach
  void captureOutput() {
    System.setOut(new PrintStream(out, true, UTF_8));
  }

  @AfterEach
  void restoreOutput() {
    System.setOut(standardOutput);
  }

  @Test
  void asksTheDataOfAStoppedStack() {
    assertThat(sql("default", "CREATE DATABASE tidewatch")).isZero();
    assertThat(sql("tidewatch", "CREATE TABLE t (id UInt8, s String) ENGINE = Log")).isZero();
    assertThat(sql("tidewatch", "INSERT INTO t VALUES (1, 'a\tb'), (2, 'Zürich\n\n')")).isZero();
    assertThat(out.toString(UTF_8)).isEmpty();

    int exitCode =
        execute("sql", "--data-dir", directory.toString(), "SELECT s, id FROM t ORDER BY id");

    assertThat(exitCode).isZero();
    assertThat(out.toString(UTF_8)).isEqualTo("s\tid\na\\tb\t1\nZürich\\n\\n\t2\n");
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void printsTheColumnNamesOfAnEmptyResult() {
    assertThat(sql("default", "SELECT 1 AS one, 2 AS two WHERE 0")).isZero();
    assertThat(out.toString(UTF_8)).isEqualTo("one\ttwo\n");
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
      assertThat(out.toString(UTF_8)).isEqualTo("answer\n42\n");
      assertThat(engine.isAlive()).isTrue();
    }
  }

  @Test
  void saysInOneSentenceWhatClickHouseRefused() {
    assertThat(sql("default", "SELECT * FROM nothing")).isEqualTo(1);
    assertThat(err.toString())
        .startsWith("ClickHouse: Unknown table")
        .contains("nothing")
        .hasLineCount(1);
    assertThat(sql("default", "SELEC 1")).isEqualTo(1);
    assertThat(err.toString()).contains("Syntax error").doesNotContain("Expected one of");
    assertThat(out.toString(UTF_8)).isEmpty();
  }

  @Test
  void refusesWrongUsage() {
    assertThat(execute("sql")).isEqualTo(2);
    assertThat(execute("no-such-command")).isEqualTo(2);
    assertThat(out.toString(UTF_8)).isEmpty();
  }

  private int sql(String database, String query) {
    return execute("sql", "--data-dir", directory.toString(), "--database", database, query);
  }

  private int execute(String... arguments) {
    CommandLine command = Tidewatch.commandLine().setErr(new PrintWriter(err, true));
    return command.execute(arguments);
  }
}
