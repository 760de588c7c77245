package io.tidewatch.intervals.stream;

import io.tidewatch.event.Event;
import io.tidewatch.intervals.Interval;
import io.tidewatch.intervals.IntervalEvent;
import io.tidewatch.metrics.IntervalDefinition;
import io.tidewatch.time.EventsAhead;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Measures from the first event that starts an interval to the next that ends it, per interval and
 * key.
 *
 * <p>Events are applied in event-time order at the watermark; a late one is applied in the moment
 * after all that its source had read before it, and what was emitted is not taken back. An event
 * that both starts and ends the interval ends the one before and starts the next.
 *
 * <p>State: the event that started the open interval, cleared by a timer when the interval grew
 * longer than its definition allows, and the events ahead of the watermark.
 */
public final class MeasureIntervals extends KeyedProcessFunction<String, IntervalEvent, Event> {

  private final Map<String, IntervalDefinition> definitions;

  private transient ValueState<Event> open;
  private transient EventsAhead ahead;

  public MeasureIntervals(List<IntervalDefinition> definitions) {
    this.definitions = new HashMap<>();
    definitions.forEach(definition -> this.definitions.put(definition.name(), definition));
  }

  @Override
  public void open(OpenContext context) {
    TypeInformation<Event> event = TypeInformation.of(Event.class);
    open = getRuntimeContext().getState(new ValueStateDescriptor<>("open", event));
    ahead = new EventsAhead(getRuntimeContext());
  }

  @Override
  public void processElement(IntervalEvent element, Context context, Collector<Event> out)
      throws Exception {
    if (!ahead.holdBack(element.event(), context.timerService())) {
      apply(definitions.get(element.interval()), element.event(), context, out);
    }
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<Event> out)
      throws Exception {
    IntervalDefinition definition =
        definitions.get(IntervalEvent.intervalOf(context.getCurrentKey()));
    if (definition == null) {
      open.clear();
      ahead.clear();
      return;
    }
    for (Event event : ahead.release(timestamp)) {
      apply(definition, event, context, out);
    }
    Event start = open.value();
    if (start != null) {
      if (timestamp > expiry(definition, start)) {
        open.clear();
      } else {
        // the timer may be of a definition that allowed less
        context.timerService().registerEventTimeTimer(expiry(definition, start) + 1);
      }
    }
  }

  private void apply(
      IntervalDefinition definition, Event event, Context context, Collector<Event> out)
      throws Exception {
    Event start = open.value();
    if (definition.to().contains(event.type())
        && start != null
        && !event.time().isBefore(start.time())) {
      if (event.time().toEpochMilli() <= expiry(definition, start)) {
        out.collect(Interval.between(definition.name(), start, event));
      }
      open.clear();
      if (!ahead.hasAny(expiry(definition, start) + 1)) {
        context.timerService().deleteEventTimeTimer(expiry(definition, start) + 1);
      }
      start = null;
    }
    if (definition.from().contains(event.type()) && start == null) {
      open.update(event);
      context.timerService().registerEventTimeTimer(expiry(definition, event) + 1);
    }
  }

  private static long expiry(IntervalDefinition definition, Event start) {
    return start.time().plus(definition.within()).toEpochMilli();
  }
}
