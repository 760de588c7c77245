package io.tidewatch.ingest.stream;

import io.tidewatch.event.Event;
import io.tidewatch.ingest.Deduplication;
import io.tidewatch.operator.EventSerializer;
import java.time.Duration;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * Lets the first event of an identity pass and sends each later one, whatever it holds, to {@link
 * #DUPLICATES}.
 *
 * <p>To be keyed by {@link Deduplication#identity}. An identity is remembered for the horizon,
 * counted in event time from the event or, where that is later, from the watermark at its arrival:
 * so a replay of old events is deduplicated like any other. State: one boolean and one event-time
 * timer for each identity, both gone when the watermark reaches the horizon.
 */
public final class Deduplicate extends KeyedProcessFunction<String, Event, Event> {

  private static final long serialVersionUID = 1;

  /** Events whose identity has been seen. */
  public static final OutputTag<Event> DUPLICATES =
      new OutputTag<>("duplicates", EventSerializer.TYPE);

  private final Duration horizon;

  private transient ValueState<Boolean> seen;

  public Deduplicate(Duration horizon) {
    this.horizon = horizon;
  }

  @Override
  public void open(OpenContext context) {
    seen = getRuntimeContext().getState(new ValueStateDescriptor<>("seen", Boolean.class));
  }

  @Override
  public void processElement(Event event, Context context, Collector<Event> out) throws Exception {
    if (seen.value() != null) {
      context.output(DUPLICATES, event);
      return;
    }
    seen.update(true);
    long from = Math.max(event.time().toEpochMilli(), context.timerService().currentWatermark());
    context.timerService().registerEventTimeTimer(from + horizon.toMillis());
    out.collect(event);
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<Event> out) {
    seen.clear();
  }
}
