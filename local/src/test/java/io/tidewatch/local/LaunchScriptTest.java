package io.tidewatch.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** When {@code ./tidewatch} builds before it runs, in a house whose Maven and Java only say so. */
class LaunchScriptTest {

  private static final Instant BUILT = Instant.parse("2026-03-01T12:00:00Z");

  @TempDir private Path home;

  @BeforeEach
  void build() throws IOException {
    Path shipped = Path.of(System.getProperty("tidewatch.home"), "tidewatch");
    executable("tidewatch", Files.readString(shipped));
    executable("tools/mvn", "#!/bin/sh\necho built >> " + home.resolve("calls"));
    executable("jdk/bin/java", "#!/bin/sh\necho ran >> " + home.resolve("calls"));
    file("jdk/release", "JAVA_VERSION=\"17.0.1\"\n");
    changed("pom.xml", BUILT.minusSeconds(1));
    changed("sql-ddl/V001__first.sql", BUILT.minusSeconds(1));
    Files.setLastModifiedTime(home.resolve("sql-ddl"), FileTime.from(BUILT.minusSeconds(1)));
    Files.createDirectories(home.resolve("local/target/lib"));
    changed("local/target/tidewatch-local-1.jar", BUILT);
  }

  @Test
  void runsWhatIsBuilt() throws Exception {
    assertThat(run()).isEqualTo("ran\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "pom.xml",
        "jobs/pom.xml",
        "cep-patterns/src/main/java/Any.java",
        "local/src/main/resources/any.txt",
        "sql-ddl/V999__new.sql",
        "flink-conf/metrics.yaml",
        "local/preview/src/main.ts",
        "local/preview/index.html",
        "local/preview/package.json",
        "local/preview/package-lock.json",
        "local/preview/tsconfig.json",
        "local/preview/vite.config.ts"
      })
  void buildsWhatIsPackedAndHasChanged(String file) throws Exception {
    changed(file, BUILT.plusSeconds(1));
    assertThat(run()).isEqualTo("built\nran\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "flink-conf/alerts.yaml",
        "flink-conf/tidewatch.yaml",
        "jobs/src/test/java/AnyTest.java",
        "local/preview/test/any.ts",
        "tests/bench/src/main/java/Bench.java",
        "README.md"
      })
  void whatIsNotPackedNeedsNoBuild(String file) throws Exception {
    changed(file, BUILT.plusSeconds(1));
    assertThat(run()).isEqualTo("ran\n");
  }

  private String run() throws Exception {
    ProcessBuilder script =
        new ProcessBuilder(home.resolve("tidewatch").toString(), "migrate")
            .redirectErrorStream(true)
            .redirectOutput(home.resolve("output").toFile());
    script.environment().put("JAVA_HOME", home.resolve("jdk").toString());
    script
        .environment()
        .merge("PATH", home.resolve("tools").toString(), (path, tools) -> tools + ":" + path);
    Process process = script.start();
    assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue()).as(Files.readString(home.resolve("output"))).isZero();
    return Files.readString(home.resolve("calls"));
  }

  private void changed(String name, Instant time) throws IOException {
    Files.setLastModifiedTime(file(name, ""), FileTime.from(time));
  }

  private void executable(String name, String text) throws IOException {
    assertThat(file(name, text).toFile().setExecutable(true)).isTrue();
  }

  private Path file(String name, String text) throws IOException {
    Path path = home.resolve(name);
    Files.createDirectories(path.getParent());
    return Files.writeString(path, text);
  }
}
