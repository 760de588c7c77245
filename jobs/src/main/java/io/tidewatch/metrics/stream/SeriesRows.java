package io.tidewatch.metrics.stream;

import io.tidewatch.event.Event;
import io.tidewatch.metrics.Contribution;
import io.tidewatch.metrics.MetricAccumulator;
import io.tidewatch.metrics.MetricColumns;
import io.tidewatch.metrics.MetricDefinition;
import java.util.ArrayList;
import java.util.List;

/** The rows of a grouping set in one pane: one for each combination of its dimensions' values. */
final class SeriesRows {

  private final GroupingSet set;
  private final int expected;
  private final TextIndex index;
  private final List<String> series;

  /** By place in the set; null for a metric that nothing fed. */
  private final MetricColumns[] columns;

  /**
   * @param expected how many rows there may be; more find room too
   */
  SeriesRows(GroupingSet set, int expected) {
    this.set = set;
    this.expected = expected;
    this.index = new TextIndex(expected);
    this.series = new ArrayList<>(expected);
    this.columns = new MetricColumns[set.metrics().size()];
  }

  /** Takes the name and what was gathered of one series. */
  interface Visitor {
    void visit(String series, MetricAccumulator accumulator);
  }

  int size() {
    return series.size();
  }

  /**
   * Adds an event to its row.
   *
   * @param contributions by place in the set, which of the given is for it; negative for none
   * @param times how often there was such an event
   * @return of how many metrics this was the first in the row
   */
  int add(Event event, int[] contributions, Contribution[] given, long times) {
    int row = rowOf(event);
    int firsts = 0;
    for (int place = 0; place < contributions.length; place++) {
      if (contributions[place] >= 0 && given[contributions[place]] != null) {
        boolean first = columns(place).add(row, given[contributions[place]], times);
        firsts += first ? 1 : 0;
      }
    }
    return firsts;
  }

  private int rowOf(Event event) {
    int row = index.of(set.keyOf(event));
    if (row == series.size()) {
      series.add(set.seriesOf(event));
    }
    return row;
  }

  private MetricColumns columns(int place) {
    if (columns[place] == null) {
      columns[place] = new MetricColumns(set.metrics().get(place).metric(), expected);
    }
    return columns[place];
  }

  /** What the metric at that place has gathered, series by series. */
  void forEach(int place, Visitor visitor) {
    for (int row = 0; columns[place] != null && row < series.size(); row++) {
      MetricAccumulator accumulator = columns[place].accumulator(row);
      if (accumulator != null) {
        visitor.visit(series.get(row), accumulator);
      }
    }
  }

  /** What the metric at that place has gathered in all series. */
  MetricAccumulator total(int place) {
    MetricDefinition metric = set.metrics().get(place).metric();
    MetricAccumulator total = MetricAccumulator.empty(metric);
    forEach(place, (one, accumulator) -> total.merge(accumulator));
    return total;
  }
}
