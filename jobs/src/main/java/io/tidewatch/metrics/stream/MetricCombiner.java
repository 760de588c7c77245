package io.tidewatch.metrics.stream;

import io.tidewatch.event.Event;
import io.tidewatch.metrics.InternalEvents;
import io.tidewatch.metrics.MetricCatalogue;
import io.tidewatch.metrics.MetricDefinition;
import io.tidewatch.metrics.TimeWindow;
import io.tidewatch.metrics.WindowCalendar;
import java.time.Duration;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.Map;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Aggregates events on the heap before the exchange, so that the windows' state is touched once per
 * series and batch and not once per event.
 *
 * <p>It holds no state of its own: everything is passed on before a checkpoint barrier, before a
 * watermark that closes one of its windows, after at most five seconds, and when the buffers are
 * full.
 *
 * <p>An event is added once, to its pane; panes go to the series of their windows when one of these
 * ends, or with everything else. Nothing here decides on lateness anew.
 */
public final class MetricCombiner extends AbstractStreamOperator<PartialAggregate>
    implements OneInputStreamOperator<Event, PartialAggregate> {

  private static final int HELD_SERIES = 50_000;
  private static final Duration HOLD = Duration.ofSeconds(5);

  private final MetricCatalogue catalogue;
  private final ZoneId zone;
  private final Duration allowedLateness;

  private transient EventPanes panes;
  private transient Map<MetricDefinition, SeriesBuffer.Metric> metrics;
  private transient Map<SeriesBuffer.Key, SeriesBuffer> buffers;
  private transient long earliestEnd;

  /** How many series the buffers hold, since some were passed on. */
  private transient int buffered;

  private transient boolean flushScheduled;

  public MetricCombiner(MetricCatalogue catalogue, ZoneId zone, Duration allowedLateness) {
    this.catalogue = catalogue;
    this.zone = zone;
    this.allowedLateness = allowedLateness;
  }

  @Override
  public void open() throws Exception {
    super.open();
    panes = new EventPanes(catalogue, new WindowCalendar(zone), allowedLateness);
    metrics = new IdentityHashMap<>();
    catalogue.metrics().forEach(metric -> metrics.put(metric, new SeriesBuffer.Metric(metric)));
    buffers = new HashMap<>();
    earliestEnd = Long.MAX_VALUE;
  }

  @Override
  public void processElement(StreamRecord<Event> element) {
    Event event = element.getValue();
    if (event.type().equals(InternalEvents.CLOCK_MARKED)) {
      flush();
      output.collect(new StreamRecord<>(PartialAggregate.mark(event)));
      return;
    }
    panes.add(event);
    if (panes.size() + buffered >= HELD_SERIES) {
      flush();
    } else if (!flushScheduled) {
      scheduleFlush();
    }
  }

  @Override
  public void processWatermark(Watermark mark) throws Exception {
    long reached = mark.getTimestamp() + 1;
    if (reached >= panes.earliestEnd()) {
      panes.drainEndedBy(reached, this::bufferOf);
    }
    if (reached >= earliestEnd) {
      passOnEndedBy(reached);
    }
    super.processWatermark(mark);
  }

  @Override
  public void prepareSnapshotPreBarrier(long checkpointId) {
    flush();
  }

  @Override
  public void finish() throws Exception {
    flush();
    super.finish();
  }

  private void scheduleFlush() {
    flushScheduled = true;
    long at = getProcessingTimeService().getCurrentProcessingTime() + HOLD.toMillis();
    getProcessingTimeService()
        .registerTimer(
            at,
            now -> {
              flushScheduled = false;
              flush();
            });
  }

  private SeriesBuffer bufferOf(
      MetricDefinition metric, int grouping, TimeWindow window, long countsFrom, long latest) {
    earliestEnd = Math.min(earliestEnd, window.endMillis());
    return buffers
        .computeIfAbsent(
            new SeriesBuffer.Key(metrics.get(metric), grouping, window, countsFrom),
            SeriesBuffer::new)
        .upTo(latest);
  }

  private void flush() {
    panes.drainAll(this::bufferOf);
    passOnEndedBy(Long.MAX_VALUE);
  }

  /** Windows that stay open may gather more. */
  private void passOnEndedBy(long instant) {
    earliestEnd = Long.MAX_VALUE;
    buffered = 0;
    Iterator<SeriesBuffer> all = buffers.values().iterator();
    while (all.hasNext()) {
      SeriesBuffer buffer = all.next();
      if (buffer.end() <= instant) {
        buffer.passTo(output);
        all.remove();
      } else {
        earliestEnd = Math.min(earliestEnd, buffer.end());
        buffered += buffer.size();
      }
    }
  }
}
