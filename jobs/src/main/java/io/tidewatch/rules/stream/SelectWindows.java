package io.tidewatch.rules.stream;

import io.tidewatch.metric.MetricWindow;
import io.tidewatch.rules.MetricRule;
import io.tidewatch.rules.RuleBook;
import io.tidewatch.rules.RuleMessage;
import org.apache.flink.streaming.api.functions.co.BroadcastProcessFunction;
import org.apache.flink.util.Collector;

/** The windows that rules watch. */
final class SelectWindows
    extends BroadcastProcessFunction<MetricWindow, RuleMessage, MetricWindow> {

  private final LiveRules<MetricRule, WatchedWindows> rules;

  SelectWindows(RuleBook book) {
    this.rules = new LiveRules<>(book, MetricRule.class, WatchedWindows::new);
  }

  @Override
  public void processElement(
      MetricWindow window, ReadOnlyContext context, Collector<MetricWindow> out) throws Exception {
    if (rules.arranged(context.getBroadcastState(LiveRules.APPLIED)).contains(window)) {
      out.collect(window);
    }
  }

  @Override
  public void processBroadcastElement(
      RuleMessage change, Context context, Collector<MetricWindow> out) throws Exception {
    rules.take(change, context.getBroadcastState(LiveRules.APPLIED));
  }
}
