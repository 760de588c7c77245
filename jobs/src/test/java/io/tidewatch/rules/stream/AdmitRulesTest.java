package io.tidewatch.rules.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.audit.AuditEntry;
import io.tidewatch.rules.EventRule;
import io.tidewatch.rules.Rule;
import io.tidewatch.rules.RuleMessage;
import io.tidewatch.rules.TestRules;
import org.apache.flink.streaming.api.operators.ProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AdmitRulesTest {

  @AutoClose private OneInputStreamOperatorTestHarness<RuleMessage, RuleMessage> harness;

  @BeforeEach
  void open() throws Exception {
    harness = harness();
  }

  private static OneInputStreamOperatorTestHarness<RuleMessage, RuleMessage> harness(
      Rule... startedWith) throws Exception {
    OneInputStreamOperatorTestHarness<RuleMessage, RuleMessage> harness =
        new OneInputStreamOperatorTestHarness<>(
            new ProcessOperator<>(new AdmitRules(TestRules.book(startedWith))));
    harness.open();
    return harness;
  }

  @Test
  void passesOnWhatIsValidAndSaysWhoWantedIt() throws Exception {
    RuleMessage applied = TestRules.applied("paid", "event: {type: payment.failed}");
    send(applied, TestRules.off("paid"), TestRules.reset("paid"));
    assertThat(harness.extractOutputValues())
        .containsExactly(applied, TestRules.off("paid"), TestRules.reset("paid"));
    assertThat(audited())
        .extracting(AuditEntry::action)
        .containsExactly("rule applied", "rule removed", "rule removed");
    assertThat(audited().iterator().next())
        .isEqualTo(
            new AuditEntry(
                "alert-rules-0-7",
                TestRules.CHANGED,
                "ada",
                "rule applied",
                "paid",
                "{\"rule\":\"name: paid\\nseverity: high\\nevent: {type: payment.failed}\\n\"}"));
  }

  @Test
  void tellsARuleThatIsGoneFromOneThatIsAsTheJobWasStarted() throws Exception {
    harness.close();
    harness = harness(TestRules.rule(EventRule.class, "event: {type: payment.failed}"));
    send(TestRules.reset("watched"));
    assertThat(audited()).singleElement().extracting(AuditEntry::action).isEqualTo("rule reset");
  }

  @Test
  void refusesWhatIsNotAndSaysWhy() throws Exception {
    send(TestRules.applied("paid", "event: {type: payment.failde}"));
    assertThat(harness.extractOutputValues()).isEmpty();
    assertThat(audited()).singleElement().extracting(AuditEntry::action).isEqualTo("rule refused");
    assertThat(audited().iterator().next().details())
        .contains("paid:3: event.type: unknown event type 'payment.failde'");
  }

  private void send(RuleMessage... messages) throws Exception {
    for (RuleMessage message : messages) {
      harness.processElement(message, 0);
    }
  }

  private Iterable<AuditEntry> audited() {
    return harness.getSideOutput(AdmitRules.AUDIT).stream().map(StreamRecord::getValue).toList();
  }
}
