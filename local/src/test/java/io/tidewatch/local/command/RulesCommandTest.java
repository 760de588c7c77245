package io.tidewatch.local.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.local.Terminal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the commands say of rules where no stack is up. */
class RulesCommandTest {

  @TempDir private Path directory;
  @RegisterExtension private final Terminal terminal = new Terminal();

  @Test
  void listsEveryProblemOfAFileWithItsLine() throws IOException {
    Path file =
        file(
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
    assertThat(execute("rules", "validate", file.toString())).isEqualTo(1);
    assertThat(terminal.errors().lines())
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
        file(
            """
            - {name: one, event: {type: payment.failed}, severity: high}
            - {name: second, event: {type: payment.failed}, severity: high, enabled: false}
            """);
    assertThat(execute("rules", "validate", file.toString())).isZero();
    assertThat(terminal.output()).isEqualTo("2 rules, all valid\n");
    assertThat(execute("rules", "validate", file + "#second")).isZero();
    assertThat(terminal.output()).isEqualTo("1 rule, valid\n");
    assertThat(execute("rules", "validate", file + "#secnd")).isEqualTo(1);
    assertThat(terminal.errors()).contains("There is no rule 'secnd'", "did you mean 'second'?");

    Path single = file("{name: one, event: {type: payment.failed}, severity: high}");
    assertThat(execute("rules", "validate", single.toString())).isZero();
  }

  @Test
  void saysWhatActsOnlyAfterARestart() throws IOException {
    Path file =
        file(
            """
            name: payment_failure_streak
            pattern: payment-failure-streak
            parameters: {failures: 7}
            severity: high
            """);
    assertThat(execute("rules", "validate", file.toString())).isZero();
    assertThat(terminal.output()).startsWith("payment_failure_streak: PATTERN_NEEDS_RESTART: ");
  }

  @Test
  void changesNeedAStack() throws IOException {
    Path file = file("{name: one, event: {type: payment.failed}, severity: high}");
    assertThat(execute("rules", "apply", file.toString())).isEqualTo(1);
    assertThat(terminal.errors()).startsWith("No stack is up on " + directory).hasLineCount(1);
    assertThat(execute("rules", "remove", "payment_failure")).isEqualTo(1);
    assertThat(terminal.errors()).startsWith("No stack is up on " + directory).hasLineCount(1);
  }

  @Test
  void listsTheRulesOfTheFileAndAnEmptyHistory() {
    assertThat(execute("rules", "list")).isZero();
    assertThat(terminal.output().lines())
        .anyMatch(line -> line.matches("rule +watches +severity  from"))
        .anyMatch(
            line ->
                line.matches(
                    "payment_failure +payment.failed by customer_id +medium +alerts.yaml"));
    assertThat(execute("migrate")).isZero();
    terminal.output();
    assertThat(execute("rules", "history")).isZero();
    assertThat(terminal.output()).isEmpty();
  }

  /** One rule of each kind, and of each that words differently. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          api_p95_slow             | response_time_p95 1m
          memory_high              | memory_usage 1m by service
          metric_spike_feature_uses | metric-spike in feature_uses 1h by feature
          slow_response            | api.request by endpoint
          data_missing             | events_read 1m
          service_silent           | service-down of each service
          viral_content            | viral-content of each content
          campaign_overspend       | campaign-overspend of each campaign
          brute_force              | brute-force of each user_id, else customer_id, else ip
          at_risk_transition       | at-risk-transition of each customer
          """)
  void saysWhatEachKindOfRuleWatches(String rule, String watches) {
    assertThat(execute("rules", "list")).isZero();
    assertThat(terminal.output().lines())
        .anySatisfy(line -> assertThat(line.split(" {2,}")).startsWith(rule, watches));
  }

  private Path file(String yaml) throws IOException {
    return Files.writeString(directory.resolve("own.yaml"), yaml);
  }

  private int execute(String... arguments) {
    return terminal.executeIn(directory, arguments);
  }
}
