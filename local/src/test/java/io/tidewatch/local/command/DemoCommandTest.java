package io.tidewatch.local.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.local.AnotherProcess;
import io.tidewatch.local.Tidewatch;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoCommandTest {

  private static final int WIDTH = 80;

  @TempDir private Path directory;

  @Test
  void fiveWeeksPassAndEveryIncidentInThemIsNoticed() throws Exception {
    List<String> lines = new ArrayList<>();
    try (AnotherProcess demo =
        AnotherProcess.start(
            Tidewatch.class,
            List.of(
                "demo",
                "--data-dir=" + directory,
                "--for=1s",
                "--kafka-port=0",
                "--clickhouse-port=0",
                "--flink-port=0",
                "--preview-port=0"))) {
      for (String line = demo.nextLine(); line != null; line = demo.nextLine()) {
        lines.add(line);
      }
      assertThat(demo.exitCode()).as(() -> String.join("\n", lines)).isZero();
    }
    List<String> incidents = Files.readAllLines(directory.resolve("truth.jsonl"));
    assertThat(incidents).hasSizeGreaterThanOrEqualTo(7);
    assertThat(lines)
        .contains("history       %1$d of %1$d incidents noticed".formatted(incidents.size()))
        .anyMatch(line -> line.matches("events +[\\d,]+ sent = [\\d,]+ accepted \\+ 0 rejected.*"));
    assertThat(lines.stream().dropWhile(line -> !line.startsWith("SUMMARY")))
        .isNotEmpty()
        .allMatch(line -> line.length() <= WIDTH);
  }
}
