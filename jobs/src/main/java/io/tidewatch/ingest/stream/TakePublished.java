package io.tidewatch.ingest.stream;

import io.tidewatch.event.Event;
import io.tidewatch.time.FollowsWatermark;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Events that another job has ingested, as late as they were there.
 *
 * <p>No event is judged by less than the watermark here, as what comes next may have cleared its
 * state by then. It is ahead of what ingest judged by only where ingest went back in time: when it
 * was started afresh, or from offsets long past.
 */
final class TakePublished extends ProcessFunction<PublishedEvent, Event>
    implements FollowsWatermark {

  private transient long watermark;

  @Override
  public void open(OpenContext context) {
    watermark = Event.NEVER_LATE;
  }

  @Override
  public void watermarkReached(long watermark) {
    this.watermark = watermark;
  }

  @Override
  public void processElement(PublishedEvent published, Context context, Collector<Event> out) {
    Event event = published.event();
    if (event != null) {
      out.collect(event.watermark() < watermark ? event.withWatermark(watermark) : event);
    }
  }
}
