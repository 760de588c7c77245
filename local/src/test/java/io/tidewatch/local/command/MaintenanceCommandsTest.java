package io.tidewatch.local.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.local.Terminal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The commands that need no stack to be up. */
class MaintenanceCommandsTest {

  @TempDir private Path directory;
  @RegisterExtension private final Terminal terminal = new Terminal();

  @Test
  void migratesOnceAndVerifiesWhatIsThere() {
    assertThat(execute("migrate")).isZero();
    assertThat(terminal.output())
        .contains("applied V001__database.sql", "MODIFY TTL", "roles: none");
    assertThat(execute("migrate")).isZero();
    assertThat(terminal.output()).startsWith("schema: up to date\nretention: as configured\n");

    assertThat(execute("verify", "--day", "2010-12-01")).isZero();
    assertThat(terminal.output())
        .contains("left out, as each measures the time between two events: ")
        .containsPattern(
            "\nverified 2010-12-01: \\d+ metrics, 0 rows, 0 differences; resent events in sources"
                + " without deduplication: 0\n$");

    assertThat(
            execute(
                "sql",
                """
                INSERT INTO metric_windows (metric, window, series, window_start, window_end, dims, \
                value, amount, samples, is_final, version) VALUES ('refunds', '1d', '', \
                '2010-12-01 00:00:00', '2010-12-02 00:00:00', {}, 5, 5, 1, 1, 3)"""))
        .isZero();
    assertThat(execute("verify", "--day", "2010-12-01")).isEqualTo(1);
    assertThat(terminal.output())
        .startsWith("refunds 1d 2010-12-01 00:00:00.000: facts give no row, the job wrote 5\n")
        .contains("1 rows, 1 differences");
  }

  @Test
  void listsEveryProblemOfTheConfiguration() throws IOException {
    Path shipped = Path.of(System.getProperty("tidewatch.home"), "flink-conf");
    Path conf = Files.createDirectory(directory.resolve("conf"));
    Files.copy(shipped.resolve("metrics.yaml"), conf.resolve("metrics.yaml"));
    Files.writeString(
        conf.resolve("tidewatch.yaml"),
        Files.readString(shipped.resolve("tidewatch.yaml"))
            .replace("timezone: UTC", "timezone: Nowhere")
            .replace("allowed_lateness", "alowed_lateness"));

    assertThat(execute("doctor", "--conf", conf.toString())).isEqualTo(1);
    assertThat(execute("verify", "--day", "2010-12-01", "--conf", conf.toString())).isEqualTo(1);
    assertThat(terminal.errors())
        .contains("2 problems in the configuration", "Nowhere", "alowed_lateness");
  }

  @Test
  void saysWhatIsNoDay() {
    assertThat(execute("verify", "--day", "2010-13-01")).isEqualTo(1);
    assertThat(terminal.errors())
        .isEqualTo("--day must be one such as 2010-12-01, not '2010-13-01'.\n");
  }

  @Test
  void saysThatThereIsNothingToAskYet() {
    for (List<String> command :
        List.of(
            List.of("alerts"),
            List.of("sql", "SELECT count() FROM v_fact_events"),
            List.of("verify", "--day", "2010-12-01"))) {
      assertThat(execute(command.toArray(String[]::new))).isEqualTo(1);
      assertThat(terminal.errors())
          .startsWith("No stack has ever run there: start one with 'tidewatch up'")
          .hasLineCount(1);
      assertThat(terminal.output()).isEmpty();
    }
    assertThat(execute("sql", "--database", "nope", "SELECT 1")).isEqualTo(1);
    assertThat(terminal.errors()).contains("Database nope does not exist");
  }

  @Test
  void saysThatThereIsNothingToSendTo() throws IOException {
    Path file = Files.writeString(directory.resolve("records"), "{}\n");
    assertThat(execute("send", file.toString(), "--source", "api")).isEqualTo(1);
    assertThat(terminal.errors()).startsWith("No stack is up on " + directory).hasLineCount(1);
  }

  @Test
  void saysWhatCannotBeReplayedBeforeAnythingStarts() throws IOException {
    String records = Files.writeString(directory.resolve("records"), "{}\n").toString();
    assertRefused("There is no file " + directory, "--format", "tidewatch", directory.toString());
    assertRefused("There is no file nowhere", "--format", "tidewatch", "nowhere");
    assertRefused("there is no source 'nope' in tidewatch.yaml", "--source", "nope", records);
    assertRefused("There is no format 'csv'", "--format", "csv", records);
    assertRefused("--type goes with --format flat", "--format", "flat", records);
    assertRefused("--until must be a time", "--format", "tidewatch", "--until", "noon", records);
  }

  private void assertRefused(String sentence, String... arguments) {
    List<String> all = new ArrayList<>(List.of("replay"));
    all.addAll(List.of(arguments));
    assertThat(execute(all.toArray(String[]::new))).isEqualTo(1);
    assertThat(terminal.errors()).startsWith(sentence).endsWith(".\n").hasLineCount(1);
  }

  @Test
  void saysWhatSourcesThereAre() {
    assertThat(execute("send", "-", "--source", "nope")).isEqualTo(1);
    assertThat(terminal.errors()).contains("there is no source 'nope'", "billing").hasLineCount(1);
  }

  private int execute(String... arguments) {
    return terminal.executeIn(directory, arguments);
  }
}
