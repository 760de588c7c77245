package io.tidewatch.rules.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.alert.Alert;
import io.tidewatch.alert.AlertProfile;
import io.tidewatch.alert.Figures;
import io.tidewatch.alert.Resolution;
import io.tidewatch.alert.Severity;
import io.tidewatch.pattern.stream.FollowAlerts;
import io.tidewatch.rules.RuleMessage;
import io.tidewatch.rules.TestRules;
import io.tidewatch.rules.WindowPatternRule;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.operators.co.CoBroadcastWithKeyedOperator;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TellPatternAlertsTest {

  private static final String[] SPIKE = {
    "pattern: metric-spike",
    "metric: api_requests",
    "window: 1m",
    "parameters: {windows: 3, above_ratio: 2}"
  };

  private static final Instant TEN = Instant.parse("2026-03-02T10:00:00Z");

  @AutoClose
  private KeyedTwoInputStreamOperatorTestHarness<String, Alert, RuleMessage, Alert> harness;

  @BeforeEach
  void open() throws Exception {
    WindowPatternRule rule = TestRules.rule(WindowPatternRule.class, SPIKE);
    harness =
        new KeyedTwoInputStreamOperatorTestHarness<>(
            new CoBroadcastWithKeyedOperator<>(
                new TellPatternAlerts(TestRules.book(rule)), List.of(LiveRules.APPLIED)),
            FollowAlerts::keyOf,
            change -> "",
            Types.STRING);
    harness.open();
  }

  @Test
  void tellsAnAlertAsItsRuleIsWhenItFires() throws Exception {
    take(TestRules.applied("watched", with(SPIKE, "notify: [growth]")));
    Alert firing = firing(TEN);
    send(firing);
    take(TestRules.reset("watched"));
    send(recovered(firing));
    assertThat(told())
        .extracting(alert -> alert.profile().receivers())
        .containsOnly(List.of("growth"));
    assertThat(told().get(1).resolution()).isEqualTo(Resolution.RECOVERED);
    assertThat(harness.numKeyedStateEntries()).isZero();
  }

  @Test
  void endsTheAlertsOfARuleThatIsSwitchedOffAndTellsNoMoreUntilItIsOn() throws Exception {
    Alert firing = firing(TEN);
    send(firing);
    take(TestRules.off("watched"));
    assertThat(told().get(1).resolution()).isEqualTo(Resolution.RULE_REMOVED);
    send(recovered(firing));
    Alert unseen = firing(TEN.plusSeconds(600));
    send(unseen);
    take(TestRules.reset("watched"));
    send(recovered(unseen));
    assertThat(told()).hasSize(2);

    send(firing(TEN.plusSeconds(1200)));
    assertThat(told()).hasSize(3);
    send(recovered(firing(TEN.plusSeconds(1200))));
    assertThat(harness.numKeyedStateEntries()).isZero();
  }

  @Test
  void passesOnTheEndOfAnAlertThatFiredBeforeAnybodyKeptIt() throws Exception {
    send(recovered(firing(TEN)));
    assertThat(told()).hasSize(1);
    assertThat(harness.numKeyedStateEntries()).isZero();
  }

  private static String[] with(String[] lines, String line) {
    List<String> all = new ArrayList<>(List.of(lines));
    all.add(line);
    return all.toArray(String[]::new);
  }

  private static Alert firing(Instant time) {
    return Alert.firing(
        new AlertProfile("watched", "metric-spike", Severity.HIGH, List.of(), List.of(), ""),
        "",
        null,
        time,
        time,
        time,
        Figures.NONE,
        "Too many.",
        List.of());
  }

  private static Alert recovered(Alert alert) {
    Instant end = alert.startedAt().plusSeconds(60);
    return alert.resolved(Resolution.RECOVERED, end, end, "Over.");
  }

  private void send(Alert alert) throws Exception {
    harness.processElement1(alert, 0);
  }

  private void take(RuleMessage change) throws Exception {
    harness.processElement2(change, 0);
  }

  private List<Alert> told() {
    return harness.extractOutputValues();
  }
}
