package io.tidewatch.rules.stream;

import static io.tidewatch.operator.Operators.identify;

import io.tidewatch.audit.AuditEntry;
import io.tidewatch.operator.OperatorIds;
import io.tidewatch.rules.RuleBook;
import io.tidewatch.rules.RuleMessage;
import org.apache.flink.streaming.api.datastream.BroadcastStream;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/** Messages about rules to changes that all who watch take over. */
public final class RulesStage {

  private RulesStage() {}

  /**
   * @param book the rules that the job is started with
   * @param changes those that were admitted
   * @param audit what became of each message
   */
  public record Outputs(
      RuleBook book, BroadcastStream<RuleMessage> changes, DataStream<AuditEntry> audit) {}

  /**
   * @param messages in their order; their watermarks must not hold anything back
   * @param book the rules that the job is started with
   */
  public static Outputs apply(DataStream<RuleMessage> messages, RuleBook book) {
    SingleOutputStreamOperator<RuleMessage> admitted =
        identify(messages.process(new AdmitRules(book)), OperatorIds.ADMIT_RULES).setParallelism(1);
    return new Outputs(
        book, admitted.broadcast(LiveRules.APPLIED), admitted.getSideOutput(AdmitRules.AUDIT));
  }
}
