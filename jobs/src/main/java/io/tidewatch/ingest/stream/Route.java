package io.tidewatch.ingest.stream;

import io.tidewatch.event.Event;
import io.tidewatch.ingest.DeadLetter;
import io.tidewatch.ingest.QualityFlag;
import io.tidewatch.ingest.Reading;
import io.tidewatch.ingest.RecordEnd;
import java.time.Instant;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * Sends what was read where it belongs: events on, with the watermark that decides on their
 * lateness, dead letters and flags aside; and says of each record that it came and, where reading
 * ended it, how.
 */
public final class Route extends ProcessFunction<Arrival, Event> {

  static final OutputTag<DeadLetter> DEAD_LETTERS =
      new OutputTag<>("dead-letters", TypeInformation.of(DeadLetter.class));
  static final OutputTag<QualityFlag> FLAGS =
      new OutputTag<>("flags", TypeInformation.of(QualityFlag.class));

  private final String source;

  public Route(String source) {
    this.source = source;
  }

  @Override
  public void processElement(Arrival arrival, Context context, Collector<Event> out) {
    Instant receivedAt = arrival.receivedAt();
    if (arrival.mark() != null) {
      context.output(RecordEvents.TAG, RecordEvents.marked(arrival.mark(), receivedAt));
      return;
    }
    Reading reading = arrival.reading();
    Instant time = reading.events().isEmpty() ? null : reading.events().get(0).time();
    context.output(
        RecordEvents.TAG, RecordEvents.received(source, receivedAt, reading.quality(), time));
    if (reading.end() != RecordEnd.ACCEPTED) {
      context.output(
          RecordEvents.TAG, RecordEvents.ended(source, receivedAt, reading.end(), false));
    }
    if (reading.deadLetter() != null) {
      context.output(DEAD_LETTERS, reading.deadLetter());
    }
    reading.flags().forEach(flag -> context.output(FLAGS, flag));
    long watermark = context.timerService().currentWatermark();
    reading.events().forEach(event -> out.collect(event.withWatermark(watermark)));
  }
}
