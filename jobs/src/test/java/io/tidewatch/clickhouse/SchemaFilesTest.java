package io.tidewatch.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SchemaFilesTest {

  @TempDir private Path directory;

  @Test
  void packagesTheFilesOfTheRepository() {
    Path home = Path.of(System.getProperty("tidewatch.home"));

    assertThat(SchemaFiles.packaged()).isEqualTo(SchemaFiles.in(home.resolve("sql-ddl")));
    assertThat(SchemaFiles.packaged().migrations().get(0).name()).isEqualTo("V001__database.sql");
    assertThat(SchemaFiles.packaged().roles()).contains("CREATE ROLE IF NOT EXISTS analyst");
  }

  @Test
  void ordersByNumberAndLeavesOtherFilesAlone() throws IOException {
    write("V10__last.sql", "c;");
    write("V9__first.sql", "a;");
    write("README.md", "no migration");

    assertThat(SchemaFiles.in(directory).migrations())
        .containsExactly(
            new Migration("V9__first.sql", "a;"), new Migration("V10__last.sql", "c;"));
    assertThat(SchemaFiles.in(directory).roles()).isEmpty();
  }

  @Test
  void refusesTwoOfANumber() throws IOException {
    write("V01__a.sql", "a;");
    write("V1__b.sql", "b;");

    assertThatThrownBy(() -> SchemaFiles.in(directory))
        .hasMessageContaining("V01__a.sql")
        .hasMessageContaining("V1__b.sql")
        .hasMessageContaining("same number");
  }

  @Test
  void refusesADirectoryWithoutMigrations() {
    assertThatThrownBy(() -> SchemaFiles.in(directory))
        .hasMessageContaining("No migration")
        .hasMessageContaining(directory.toString());
  }

  @Test
  void splitsStatementsAtSemicolonsThatEndALine() {
    assertThat(
            SqlScript.statements(
                "-- say; this;\nCREATE a\n(\n  b ';' -- c\n);\n\n  -- d;\nGRANT e; \n"))
        .containsExactly("CREATE a\n(\n  b ';' -- c\n)", "GRANT e");
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(directory.resolve(name), text);
  }
}
