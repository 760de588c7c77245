package io.tidewatch.metrics.stream;

import io.tidewatch.event.Event;
import io.tidewatch.metrics.Contribution;
import io.tidewatch.metrics.MetricAccumulator;
import io.tidewatch.metrics.MetricCatalogue;
import io.tidewatch.metrics.MetricDefinition;
import io.tidewatch.metrics.SeriesKey;
import io.tidewatch.metrics.TimeWindow;
import io.tidewatch.metrics.WindowCalendar;
import io.tidewatch.metrics.WindowSize;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Aggregates events on the heap before the exchange, so that the windows' state is touched once per
 * series and batch and not once per event.
 *
 * <p>It holds no state of its own: everything is passed on before a checkpoint barrier, before a
 * watermark that closes one of its windows, after at most a second, and when the buffer is full.
 *
 * <p>An event goes to each window whose end plus the allowed lateness is after the watermark it
 * carries; nothing here decides on lateness anew.
 */
public final class MetricCombiner extends AbstractStreamOperator<PartialAggregate>
    implements OneInputStreamOperator<Event, PartialAggregate> {

  private static final int BUFFERED_SERIES = 50_000;
  private static final Duration HOLD = Duration.ofSeconds(1);

  private final MetricCatalogue catalogue;
  private final ZoneId zone;
  private final Duration allowedLateness;

  private transient WindowCalendar calendar;
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
    calendar = new WindowCalendar(zone);
    groupings = new IdentityHashMap<>();
    catalogue.metrics().forEach(metric -> groupings.put(metric, Groupings.of(metric)));
    buffer = new HashMap<>();
    earliestEnd = Long.MAX_VALUE;
  }

  @Override
  public void processElement(StreamRecord<Event> element) {
    Event event = element.getValue();
    for (MetricDefinition metric : catalogue.fedBy(event)) {
      Optional<Contribution> contribution = metric.read(event);
      if (contribution.isPresent()) {
        add(groupings.get(metric), event, contribution.get());
      }
    }
    if (buffer.size() >= BUFFERED_SERIES) {
      flush();
    } else if (!buffer.isEmpty() && !flushScheduled) {
      scheduleFlush();
    }
  }

  private void add(Groupings metric, Event event, Contribution contribution) {
    long time = event.time().toEpochMilli();
    List<String> series = metric.seriesOf(event);
    for (WindowSize size : metric.definition().windows()) {
      TimeWindow window = calendar.window(size, time);
      if (counts(window.endMillis(), event)) {
        add(metric, series, window, window.endMillis(), time, contribution);
      }
    }
    if (!metric.definition().rollingDays().isEmpty()) {
      firstRollingEnd(metric.definition(), time, event)
          .ifPresent(
              end -> {
                TimeWindow day = calendar.day(time);
                TimeWindow pane =
                    new TimeWindow(PartialAggregate.PANE, day.startMillis(), day.endMillis());
                add(metric, series, pane, end, time, contribution);
              });
    }
  }

  /** The end of the first rolling window that the event is not too late for. */
  private Optional<Long> firstRollingEnd(MetricDefinition metric, long time, Event event) {
    int longest = metric.rollingDays().get(metric.rollingDays().size() - 1);
    return calendar.rolling(longest, time).stream()
        .map(TimeWindow::endMillis)
        .filter(end -> counts(end, event))
        .findFirst();
  }

  private boolean counts(long windowEnd, Event event) {
    return !event.isLateFor(windowEnd, allowedLateness.toMillis());
  }

  private void add(
      Groupings metric,
      List<String> series,
      TimeWindow window,
      long countsFrom,
      long time,
      Contribution contribution) {
    for (int grouping = 0; grouping < series.size(); grouping++) {
      BufferKey key = new BufferKey(metric, grouping, window, countsFrom, series.get(grouping));
      Buffered buffered = buffer.get(key);
      if (buffered == null) {
        buffered = new Buffered(MetricAccumulator.empty(metric.definition()));
        buffer.put(key, buffered);
        earliestEnd = Math.min(earliestEnd, window.endMillis());
      }
      buffered.accumulator.add(contribution);
      buffered.latest = Math.max(buffered.latest, time);
    }
  }

  @Override
  public void processWatermark(Watermark mark) throws Exception {
    if (mark.getTimestamp() >= earliestEnd - 1) {
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
    buffer.forEach((key, value) -> output.collect(new StreamRecord<>(key.toPartial(value))));
    buffer.clear();
    earliestEnd = Long.MAX_VALUE;
  }

  private static final class Buffered {
    private final MetricAccumulator accumulator;
    private long latest = Long.MIN_VALUE;

    private Buffered(MetricAccumulator accumulator) {
      this.accumulator = accumulator;
    }
  }

  private record BufferKey(
      Groupings metric, int grouping, TimeWindow window, long countsFrom, String series) {

    private PartialAggregate toPartial(Buffered buffered) {
      return new PartialAggregate(
          metric.definition().name(),
          metric.hash(),
          metric.names().get(grouping),
          window.name(),
          window.startMillis(),
          window.endMillis(),
          countsFrom,
          series,
          buffered.latest,
          buffered.accumulator);
    }
  }

  /** A metric's groupings, worked out once; compared by identity, which is quick. */
  private static final class Groupings {

    private final MetricDefinition definition;
    private final String hash;
    private final List<List<String>> dimensions;
    private final List<String> names;

    private Groupings(MetricDefinition definition) {
      this.definition = definition;
      this.hash = definition.hash();
      this.dimensions = definition.groupings();
      this.names = dimensions.stream().map(names -> String.join(",", names)).toList();
    }

    private static Groupings of(MetricDefinition definition) {
      return new Groupings(definition);
    }

    private MetricDefinition definition() {
      return definition;
    }

    private String hash() {
      return hash;
    }

    private List<String> names() {
      return names;
    }

    private List<String> seriesOf(Event event) {
      List<String> series = new ArrayList<>(dimensions.size());
      for (List<String> grouping : dimensions) {
        series.add(SeriesKey.of(grouping, event));
      }
      return series;
    }
  }
}
