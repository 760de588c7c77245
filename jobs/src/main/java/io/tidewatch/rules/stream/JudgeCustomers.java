package io.tidewatch.rules.stream;

import io.tidewatch.pattern.customer.CustomerEvent;
import io.tidewatch.pattern.customer.JudgingPattern;
import io.tidewatch.pattern.stream.Live;
import io.tidewatch.rules.RuleMessage;
import org.apache.flink.streaming.api.functions.co.BroadcastProcessFunction;
import org.apache.flink.util.Collector;

/** Events of customers with what the thresholds of a pattern make of them when they come. */
final class JudgeCustomers
    extends BroadcastProcessFunction<CustomerEvent, RuleMessage, CustomerEvent> {

  private final Live<JudgingPattern, RuleMessage> patterns;

  JudgeCustomers(Live<JudgingPattern, RuleMessage> patterns) {
    this.patterns = patterns;
  }

  @Override
  public void processElement(
      CustomerEvent event, ReadOnlyContext context, Collector<CustomerEvent> out) throws Exception {
    out.collect(patterns.now(context.getBroadcastState(patterns.documents())).judged(event));
  }

  @Override
  public void processBroadcastElement(
      RuleMessage change, Context context, Collector<CustomerEvent> out) throws Exception {
    patterns.take(change, context.getBroadcastState(patterns.documents()));
  }
}
