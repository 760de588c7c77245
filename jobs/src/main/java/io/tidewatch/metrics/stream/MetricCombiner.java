package io.tidewatch.metrics.stream;

import io.tidewatch.event.Event;
import io.tidewatch.metrics.InternalEvents;
import io.tidewatch.metrics.MetricAccumulator;
import io.tidewatch.metrics.MetricCatalogue;
import io.tidewatch.metrics.MetricDefinition;
import io.tidewatch.metrics.TimeWindow;
import io.tidewatch.metrics.WindowCalendar;
import java.time.Duration;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;
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
 * watermark that closes one of its windows, after at most five seconds, and when the buffer is
 * full.
 *
 * <p>An event is added once, to its pane; panes go to the series of their windows when one of these
 * ends, or with everything else. Nothing here decides on lateness anew.
 */
public final class MetricCombiner extends AbstractStreamOperator<PartialAggregate>
    implements OneInputStreamOperator<Event, PartialAggregate> {

  private static final int BUFFERED_SERIES = 50_000;
  private static final Duration HOLD = Duration.ofSeconds(5);

  private final MetricCatalogue catalogue;
  private final ZoneId zone;
  private final Duration allowedLateness;

  private transient EventPanes panes;
  private transient Map<MetricDefinition, Groupings> groupings;
  private transient Map<BufferKey, Buffered> buffer;
  private transient long earliestEnd;
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
    groupings = new IdentityHashMap<>();
    catalogue.metrics().forEach(metric -> groupings.put(metric, new Groupings(metric)));
    buffer = new HashMap<>();
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
    int held = panes.size() + buffer.size();
    if (held >= BUFFERED_SERIES) {
      flush();
    } else if (held > 0 && !flushScheduled) {
      scheduleFlush();
    }
  }

  private void add(
      MetricDefinition metric,
      int grouping,
      TimeWindow window,
      long countsFrom,
      String series,
      long latest,
      MetricAccumulator accumulator) {
    BufferKey key = new BufferKey(groupings.get(metric), grouping, window, countsFrom, series);
    Buffered buffered = buffer.get(key);
    if (buffered == null) {
      buffer.put(key, new Buffered(accumulator, latest));
      earliestEnd = Math.min(earliestEnd, window.endMillis());
    } else {
      buffered.accumulator.merge(accumulator);
      buffered.latest = Math.max(buffered.latest, latest);
    }
  }

  @Override
  public void processWatermark(Watermark mark) throws Exception {
    long reached = mark.getTimestamp() + 1;
    if (reached >= panes.earliestEnd()) {
      panes.drainEndedBy(reached, this::add);
    }
    if (reached >= earliestEnd) {
      flushEndedBy(mark.getTimestamp());
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

  /** Windows that stay open may gather more. */
  private void flushEndedBy(long watermark) {
    earliestEnd = Long.MAX_VALUE;
    Iterator<Map.Entry<BufferKey, Buffered>> entries = buffer.entrySet().iterator();
    while (entries.hasNext()) {
      Map.Entry<BufferKey, Buffered> entry = entries.next();
      long end = entry.getKey().window().endMillis();
      if (end - 1 <= watermark) {
        output.collect(new StreamRecord<>(entry.getKey().toPartial(entry.getValue())));
        entries.remove();
      } else {
        earliestEnd = Math.min(earliestEnd, end);
      }
    }
  }

  private void flush() {
    panes.drainAll(this::add);
    buffer.forEach((key, value) -> output.collect(new StreamRecord<>(key.toPartial(value))));
    buffer.clear();
    earliestEnd = Long.MAX_VALUE;
  }

  private static final class Buffered {
    private final MetricAccumulator accumulator;
    private long latest;

    private Buffered(MetricAccumulator accumulator, long latest) {
      this.accumulator = accumulator;
      this.latest = latest;
    }
  }

  private record BufferKey(
      Groupings metric, int grouping, TimeWindow window, long countsFrom, String series) {

    private PartialAggregate toPartial(Buffered buffered) {
      return new PartialAggregate(
          metric.definition.name(),
          metric.hash,
          metric.names.get(grouping),
          window.name(),
          window.startMillis(),
          window.endMillis(),
          countsFrom,
          series,
          buffered.latest,
          buffered.accumulator);
    }
  }

  /** A metric's identity and groupings, worked out once; compared by identity, which is quick. */
  private static final class Groupings {

    private final MetricDefinition definition;
    private final String hash;
    private final List<String> names;

    private Groupings(MetricDefinition definition) {
      this.definition = definition;
      this.hash = definition.hash();
      this.names = definition.groupings().stream().map(names -> String.join(",", names)).toList();
    }
  }
}
