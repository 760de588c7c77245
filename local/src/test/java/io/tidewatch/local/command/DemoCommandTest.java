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
  void fiveWeeksPassAndEveryIncidentInThemIsNoticedAndThenItLives() throws Exception {
    List<String> lines = new ArrayList<>();
    try (AnotherProcess demo =
        AnotherProcess.start(
            Tidewatch.class,
            List.of(
                "demo",
                "--data-dir=" + directory,
                "--speed=20",
                "--for=8s",
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
    assertThat(incidents).as("7 of its history, and 6 of the first 80 s it lives").hasSize(7 + 6);
    assertThat(lines)
        .contains("history       7 of 7 incidents noticed")
        .anyMatch(line -> line.matches("live +\\d of 6 incidents noticed"))
        .anyMatch(line -> line.matches("event → alert p50 .* \\(n = \\d+\\)"))
        .anyMatch(line -> line.matches("window → row  p50 .* \\(n = \\d+\\)"))
        .anyMatch(line -> line.matches("events +[\\d,]+ sent = [\\d,]+ accepted \\+ 0 rejected.*"));
    assertThat(lines.stream().dropWhile(line -> !line.startsWith("SUMMARY")))
        .isNotEmpty()
        .allMatch(line -> line.length() <= WIDTH);
  }
}
