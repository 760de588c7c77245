package io.tidewatch.rules.stream;

import io.tidewatch.event.Event;
import io.tidewatch.rules.EventRule;
import io.tidewatch.rules.RuleBook;
import io.tidewatch.rules.RuleMessage;
import org.apache.flink.streaming.api.functions.co.BroadcastProcessFunction;
import org.apache.flink.util.Collector;

/** The events that rules watch, once for each rule. */
final class SelectEvents extends BroadcastProcessFunction<Event, RuleMessage, WatchedEvent> {

  private final LiveRules<EventRule, WatchedEvents> rules;

  SelectEvents(RuleBook book) {
    this.rules = new LiveRules<>(book, EventRule.class, WatchedEvents::new);
  }

  @Override
  public void processElement(Event event, ReadOnlyContext context, Collector<WatchedEvent> out)
      throws Exception {
    WatchedEvents watched = rules.arranged(context.getBroadcastState(LiveRules.APPLIED));
    for (EventRule rule : watched.rulesOfType(event.type())) {
      if (rule.watches(event)) {
        out.collect(new WatchedEvent(rule.name(), rule.seriesOf(event), event));
      }
    }
  }

  @Override
  public void processBroadcastElement(
      RuleMessage change, Context context, Collector<WatchedEvent> out) throws Exception {
    rules.take(change, context.getBroadcastState(LiveRules.APPLIED));
  }
}
