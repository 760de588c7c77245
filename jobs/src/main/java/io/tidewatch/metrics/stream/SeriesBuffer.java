package io.tidewatch.metrics.stream;

import io.tidewatch.metrics.MetricAccumulator;
import io.tidewatch.metrics.MetricDefinition;
import io.tidewatch.metrics.TimeWindow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.streaming.api.operators.Output;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/** The series that a combiner holds of one metric, grouping and window. */
final class SeriesBuffer implements EventPanes.Drain.Series {

  /** So many fit a network buffer or two. */
  private static final int SERIES_AT_ONCE = 500;

  private final Key key;
  private final Map<String, MetricAccumulator> bySeries = new HashMap<>();
  private long latest = Long.MIN_VALUE;

  SeriesBuffer(Key key) {
    this.key = key;
  }

  /** Of what it is. */
  record Key(Metric metric, int grouping, TimeWindow window, long countsFrom) {

    /** Written out, as the one that records have is slow until the best compiler has seen it. */
    @Override
    public boolean equals(Object other) {
      return other instanceof Key that
          && metric == that.metric
          && grouping == that.grouping
          && countsFrom == that.countsFrom
          && window.startMillis() == that.window.startMillis()
          && window.endMillis() == that.window.endMillis()
          && window.name().equals(that.window.name());
    }

    @Override
    public int hashCode() {
      int hash = System.identityHashCode(metric) * 31 + grouping;
      return (hash * 31 + Long.hashCode(window.endMillis())) * 31 + Long.hashCode(countsFrom);
    }
  }

  /** A metric's identity and groupings, worked out once; compared by identity, which is quick. */
  static final class Metric {

    private final MetricDefinition definition;
    private final String hash;
    private final List<String> groupings;

    Metric(MetricDefinition definition) {
      this.definition = definition;
      this.hash = definition.hash();
      this.groupings =
          definition.groupings().stream().map(names -> String.join(",", names)).toList();
    }
  }

  /** Takes note of an event time that series may come from. */
  SeriesBuffer upTo(long eventTime) {
    latest = Math.max(latest, eventTime);
    return this;
  }

  @Override
  public void take(String series, MetricAccumulator accumulator, boolean mayKeep) {
    MetricAccumulator gathered = bySeries.get(series);
    if (gathered == null && mayKeep) {
      bySeries.put(series, accumulator);
      return;
    }
    if (gathered == null) {
      gathered = MetricAccumulator.empty(key.metric().definition);
      bySeries.put(series, gathered);
    }
    gathered.merge(accumulator);
  }

  /** How many series it holds. */
  int size() {
    return bySeries.size();
  }

  long end() {
    return key.window().endMillis();
  }

  /** Passes everything on; it is of no use after that. */
  void passTo(Output<StreamRecord<PartialAggregate>> output) {
    List<PartialAggregate.OfSeries> next = new ArrayList<>();
    for (Map.Entry<String, MetricAccumulator> one : bySeries.entrySet()) {
      next.add(new PartialAggregate.OfSeries(one.getKey(), one.getValue()));
      if (next.size() == SERIES_AT_ONCE) {
        output.collect(new StreamRecord<>(partial(next)));
        next = new ArrayList<>();
      }
    }
    if (!next.isEmpty()) {
      output.collect(new StreamRecord<>(partial(next)));
    }
  }

  private PartialAggregate partial(List<PartialAggregate.OfSeries> series) {
    TimeWindow window = key.window();
    return new PartialAggregate(
        key.metric().hash,
        key.metric().groupings.get(key.grouping()),
        window.name(),
        window.startMillis(),
        window.endMillis(),
        key.countsFrom(),
        latest,
        series);
  }
}
