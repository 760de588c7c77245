package io.tidewatch.local.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.local.Tidewatch;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the commands say of rules where no stack is up. */
class RulesCommandTest {

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
  void listsEveryProblemOfAFileWithItsLine() throws IOException {
    Path file =
        rules(
            """
            - name: slow
              metric: response_time_agv
              window: 1m
              condition: {above: fast}
              severity: high
            - name: slow
              event: {type: payment.failed}
              severity: high
              notfy: [finance]
            """);
    assertThat(execute("validate", file.toString())).isEqualTo(1);
    assertThat(err.toString().lines())
        .containsExactly(
            "4 problems in the configuration:",
            "  own.yaml:2: [0].metric: there is no metric 'response_time_agv' in metrics.yaml; did"
                + " you mean 'response_time_avg'?",
            "  own.yaml:4: [0].condition.above: expected a number, not 'fast'",
            "  own.yaml:6: [1].name: there are two rules 'slow'",
            "  own.yaml:9: [1]: unknown key 'notfy'; did you mean 'notify'?");
  }

  @Test
  void readsAListOneRuleOrOneOfAList() throws IOException {
    Path file =
        rules(
            """
            - {name: one, event: {type: payment.failed}, severity: high}
            - {name: second, event: {type: payment.failed}, severity: high, enabled: false}
            """);
    assertThat(execute("validate", file.toString())).isZero();
    assertThat(output()).isEqualTo("2 rules, all valid\n");
    assertThat(execute("validate", file + "#second")).isZero();
    assertThat(output()).isEqualTo("1 rule, valid\n");
    assertThat(execute("validate", file + "#secnd")).isEqualTo(1);
    assertThat(err.toString()).contains("There is no rule 'secnd'", "did you mean 'second'?");

    Path single = rules("{name: one, event: {type: payment.failed}, severity: high}");
    assertThat(execute("validate", single.toString())).isZero();
  }

  @Test
  void saysWhatActsOnlyAfterARestart() throws IOException {
    Path file =
        rules(
            """
            name: payment_failure_streak
            pattern: payment-failure-streak
            parameters: {failures: 7}
            severity: high
            """);
    assertThat(execute("validate", file.toString())).isZero();
    assertThat(output()).startsWith("payment_failure_streak: PATTERN_NEEDS_RESTART: ");
  }

  @Test
  void changesNeedAStack() throws IOException {
    Path file = rules("{name: one, event: {type: payment.failed}, severity: high}");
    assertThat(execute("apply", file.toString())).isEqualTo(1);
    assertThat(err.toString()).startsWith("No stack is up on " + directory).hasLineCount(1);
    assertThat(execute("remove", "payment_failure")).isEqualTo(1);
    assertThat(err.toString()).startsWith("No stack is up on " + directory).hasLineCount(1);
  }

  @Test
  void listsTheRulesOfTheFileAndAnEmptyHistory() {
    assertThat(execute("list")).isZero();
    assertThat(output().lines())
        .anyMatch(line -> line.matches("rule +watches +severity  from"))
        .anyMatch(
            line ->
                line.matches(
                    "payment_failure +payment.failed by customer_id +medium +alerts.yaml"));
    assertThat(execute("migrate", List.of())).isZero();
    output();
    assertThat(execute("history")).isZero();
    assertThat(output()).isEmpty();
  }

  private Path rules(String yaml) throws IOException {
    return Files.writeString(directory.resolve("own.yaml"), yaml);
  }

  private String output() {
    String text = out.toString(UTF_8);
    out.reset();
    return text;
  }

  private int execute(String command, String... arguments) {
    List<String> all = new ArrayList<>(List.of(command));
    all.addAll(List.of(arguments));
    return execute("rules", all);
  }

  private int execute(String command, List<String> arguments) {
    List<String> all = new ArrayList<>(List.of(command));
    all.addAll(arguments);
    all.add("--data-dir=" + directory);
    err.getBuffer().setLength(0);
    return Tidewatch.commandLine()
        .setErr(new PrintWriter(err, true))
        .execute(all.toArray(String[]::new));
  }
}
