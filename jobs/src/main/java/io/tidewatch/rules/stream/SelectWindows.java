package io.tidewatch.rules.stream;

import io.tidewatch.metric.MetricWindow;
import io.tidewatch.rules.MetricRule;
import io.tidewatch.rules.Rule;
import io.tidewatch.rules.RuleBook;
import io.tidewatch.rules.RuleMessage;
import java.util.List;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.functions.co.BroadcastProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/** The windows that rules watch, and beside them those that explain their alerts. */
final class SelectWindows
    extends BroadcastProcessFunction<MetricWindow, RuleMessage, MetricWindow> {

  /** See {@link ExplainedWindows}. */
  static final OutputTag<MetricWindow> EXPLAINING =
      new OutputTag<>("explaining", TypeInformation.of(MetricWindow.class));

  private final LiveRules<Rule, Selection> rules;

  SelectWindows(RuleBook book) {
    this.rules = new LiveRules<>(book, Rule.class, Selection::of);
  }

  private record Selection(WatchedWindows watched, ExplainedWindows explained) {
    static Selection of(List<Rule> rules) {
      return new Selection(
          new WatchedWindows(
              rules.stream()
                  .filter(MetricRule.class::isInstance)
                  .map(MetricRule.class::cast)
                  .toList()),
          new ExplainedWindows(rules));
    }
  }

  @Override
  public void processElement(
      MetricWindow window, ReadOnlyContext context, Collector<MetricWindow> out) throws Exception {
    Selection selection = rules.arranged(context.getBroadcastState(LiveRules.APPLIED));
    if (selection.watched().contains(window)) {
      out.collect(window);
    }
    if (selection.explained().contains(window)) {
      context.output(EXPLAINING, window);
    }
  }

  @Override
  public void processBroadcastElement(
      RuleMessage change, Context context, Collector<MetricWindow> out) throws Exception {
    rules.take(change, context.getBroadcastState(LiveRules.APPLIED));
  }
}
