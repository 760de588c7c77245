package io.tidewatch.intervals.stream;

import io.tidewatch.event.Event;
import io.tidewatch.intervals.IntervalEvent;
import io.tidewatch.metrics.IntervalDefinition;
import io.tidewatch.operator.EventSerializer;
import io.tidewatch.operator.OperatorIds;
import java.util.List;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.util.Collector;

/** Derives {@code interval.measured} events for the metrics that measure from event to event. */
public final class IntervalsStage {

  private IntervalsStage() {}

  public static DataStream<Event> apply(
      DataStream<Event> events, List<IntervalDefinition> definitions) {
    return events
        .flatMap((Event event, Collector<IntervalEvent> out) -> select(event, definitions, out))
        .returns(TypeInformation.of(IntervalEvent.class))
        .uid(OperatorIds.SELECT_INTERVALS)
        .name(OperatorIds.SELECT_INTERVALS)
        .keyBy(IntervalEvent::partition)
        .process(new MeasureIntervals(definitions))
        .returns(EventSerializer.TYPE)
        .uid(OperatorIds.MEASURE_INTERVALS)
        .name(OperatorIds.MEASURE_INTERVALS);
  }

  private static void select(
      Event event, List<IntervalDefinition> definitions, Collector<IntervalEvent> out) {
    for (IntervalDefinition definition : definitions) {
      if (definition.concerns(event)) {
        out.collect(new IntervalEvent(definition.name(), event.get(definition.key()), event));
      }
    }
  }
}
