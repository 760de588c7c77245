package io.tidewatch.local.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.local.AnotherProcess;
import io.tidewatch.local.LoopbackPort;
import io.tidewatch.local.Terminal;
import io.tidewatch.local.Tidewatch;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class DemoCommandTest {

  private static final int WIDTH = 80;

  @TempDir private Path directory;
  @RegisterExtension private final Terminal terminal = new Terminal();

  @Test
  void fiveWeeksPassAndEveryIncidentInThemIsNoticedAndThenItLives() throws Exception {
    List<String> lines;
    try (AnotherProcess demo = start("--speed=10", "--for=30s")) {
      lines = rest(demo);
      assertThat(demo.exitCode()).as(() -> String.join("\n", lines)).isZero();
    }
    List<String> incidents = Files.readAllLines(directory.resolve("truth.jsonl"));
    assertThat(incidents).as("7 of its history, and 6 of the first 80 s it lives").hasSize(7 + 6);
    assertThat(lines)
        .contains("history       7 of 7 incidents noticed")
        .anyMatch(line -> line.matches("live +[1-6] of 6 incidents noticed"))
        .noneMatch(line -> line.startsWith("ClickHouse does not answer"))
        .anyMatch(line -> line.matches("event → alert p50 .* \\(n = \\d+\\)"))
        .anyMatch(line -> line.matches("this hour +requests .*"))
        .anyMatch(line -> line.matches("window → row  p50 .* \\(n = \\d+\\)"))
        .anyMatch(line -> line.matches("events +[\\d,]+ sent = [\\d,]+ accepted \\+ 0 rejected.*"))
        .as("an alert comes and goes")
        .anyMatch(line -> line.matches("[\\d:]{8} critical +service_silent .*"))
        .anyMatch(line -> line.matches("[\\d:]{8} resolved +service_silent .*"));
    assertThat(lines.stream().dropWhile(line -> !line.startsWith("SUMMARY")))
        .isNotEmpty()
        .allMatch(line -> line.length() <= WIDTH);
  }

  @Test
  void stoppedBeforeItLivesItSaysSoAndHasNotWorked() throws Exception {
    try (AnotherProcess demo = start("--customers=10")) {
      String line = demo.nextLine();
      while (!line.startsWith("job ")) {
        line = demo.nextLine();
      }
      assertThat(demo.terminate()).isEqualTo(1);
      assertThat(rest(demo))
          .contains("Stopped before the job had read the history: there is nothing to sum up.");
    }
  }

  @Test
  void aPortThatIsTakenLeavesTheLastDemosData() throws IOException {
    Path kept = Files.createDirectories(directory.resolve("kafka")).resolve("records");
    Files.writeString(kept, "of the last demo");
    Files.writeString(directory.resolve("demo"), "");
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName(LoopbackPort.HOST))) {
      assertThat(
              terminal.execute(
                  "demo", "--data-dir=" + directory, "--kafka-port=" + taken.getLocalPort()))
          .isEqualTo(1);
    }
    assertThat(terminal.errors()).contains("Kafka");
    assertThat(kept).exists();
  }

  @Test
  void aLengthThatIsNoneIsRefused() {
    for (String length : List.of("3", "3d", "-3m", "9999999s")) {
      assertThat(terminal.execute("demo", "--data-dir=" + directory, "--for=" + length))
          .isEqualTo(1);
      assertThat(terminal.errors()).contains("--for must be a time such as 90s or 3m");
    }
    assertThat(directory).isEmptyDirectory();
  }

  private AnotherProcess start(String... options) throws IOException {
    Stream<String> usual =
        Stream.of(
            "demo",
            "--data-dir=" + directory,
            "--kafka-port=0",
            "--clickhouse-port=0",
            "--flink-port=0",
            "--preview-port=0");
    return AnotherProcess.start(Tidewatch.class, Stream.concat(usual, Stream.of(options)).toList());
  }

  private static List<String> rest(AnotherProcess demo) throws IOException {
    List<String> lines = new ArrayList<>();
    for (String line = demo.nextLine(); line != null; line = demo.nextLine()) {
      lines.add(line);
    }
    return lines;
  }
}
