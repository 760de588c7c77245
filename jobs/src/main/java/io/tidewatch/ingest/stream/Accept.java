package io.tidewatch.ingest.stream;

import io.tidewatch.event.Event;
import io.tidewatch.ingest.LateEvent;
import io.tidewatch.ingest.RecordEnd;
import io.tidewatch.ingest.RecordIdentity;
import io.tidewatch.metrics.MissedWindows;
import io.tidewatch.operator.EventSerializer;
import java.time.Instant;
import java.util.List;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * The end of ingest: each event that comes here is accepted. Those that missed a window are listed
 * aside.
 */
public final class Accept extends ProcessFunction<Event, Event> {

  static final OutputTag<LateEvent> LATE =
      new OutputTag<>("late-events", TypeInformation.of(LateEvent.class));

  /** Events that name a campaign. */
  static final OutputTag<Event> OF_CAMPAIGNS =
      new OutputTag<>("of-campaigns", EventSerializer.TYPE);

  private final MissedWindows.Factory windows;
  private final boolean tellsOfRecords;

  private transient MissedWindows missed;

  /**
   * @param tellsOfRecords whether anybody wants to know how a record ended
   */
  public Accept(MissedWindows.Factory windows, boolean tellsOfRecords) {
    this.windows = windows;
    this.tellsOfRecords = tellsOfRecords;
  }

  @Override
  public void open(OpenContext context) {
    missed = windows.create();
  }

  @Override
  public void processElement(Event event, Context context, Collector<Event> out) {
    List<String> windows = missed.by(event);
    if (!windows.isEmpty()) {
      context.output(
          LATE,
          new LateEvent(
              event.type(),
              event.time(),
              event.source(),
              event.id(),
              event.receivedAt(),
              Instant.ofEpochMilli(event.watermark()),
              windows));
    }
    if (tellsOfRecords && RecordIdentity.countsRecord(event.id())) {
      context.output(
          RecordEvents.TAG,
          RecordEvents.ended(
              event.source(), event.receivedAt(), RecordEnd.ACCEPTED, !windows.isEmpty()));
    }
    if (event.properties().get("campaign") != null) {
      context.output(OF_CAMPAIGNS, event);
    }
    out.collect(event);
  }
}
