package io.tidewatch.metrics.stream;

import io.tidewatch.event.Event;
import io.tidewatch.metrics.Contribution;
import io.tidewatch.metrics.MetricAccumulator;
import io.tidewatch.metrics.MetricDefinition;
import io.tidewatch.metrics.SeriesKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Rows of the events that count in the very same windows. */
final class Pane {

  private final PaneLayout layout;
  private final List<PaneWindows.Counted> windows;

  /** All of the windows begin by this instant and none ends before the other. */
  private final long from;

  private final long until;

  /** Whether every event in between that is in time belongs here; else each must be looked at. */
  private final boolean plain;

  private final List<Map<String, Row>> shelves = new ArrayList<>();
  private int size;

  /**
   * @param windows at least one
   * @param event one that counts in them
   */
  Pane(PaneLayout layout, List<PaneWindows.Counted> windows, Event event) {
    this.layout = layout;
    this.windows = windows;
    this.from = windows.stream().mapToLong(w -> w.window().startMillis()).max().orElseThrow();
    this.until = windows.stream().mapToLong(w -> w.window().endMillis()).min().orElseThrow();
    Event inTime = event.withWatermark(Event.NEVER_LATE);
    this.plain =
        windows.equals(layout.windows().of(from, inTime))
            && windows.equals(layout.windows().of(until - 1, inTime));
    layout.shelves().forEach(shelf -> shelves.add(new HashMap<>()));
  }

  /** When the first of its windows ends. */
  long until() {
    return until;
  }

  /** How many accumulators it stands for. */
  int size() {
    return size;
  }

  boolean holds(long time, Event event) {
    return from <= time
        && time < until
        && (plain && layout.windows().counts(until, event)
            || windows.equals(layout.windows().of(time, event)));
  }

  /**
   * Adds an event to its row on a shelf.
   *
   * @param contributions by place on the shelf, which of the given is for it; negative for none
   * @param times how often there was such an event
   */
  void add(Event event, Shelf shelf, int[] contributions, Contribution[] given, long times) {
    Row row = rowOf(shelf, event);
    for (int place = 0; place < contributions.length; place++) {
      if (contributions[place] >= 0 && given[contributions[place]] != null) {
        accumulator(row, shelf, place).add(given[contributions[place]], times);
      }
    }
    row.latest = Math.max(row.latest, event.time().toEpochMilli());
  }

  private Row rowOf(Shelf shelf, Event event) {
    Map<String, Row> rows = shelves.get(shelf.index());
    String key = shelf.keyOf(event);
    Row row = rows.get(key);
    if (row == null) {
      row = new Row(SeriesKey.of(shelf.dimensions(), event), shelf.metrics().size());
      rows.put(key, row);
    }
    return row;
  }

  private MetricAccumulator accumulator(Row row, Shelf shelf, int place) {
    if (row.accumulators[place] == null) {
      row.accumulators[place] = MetricAccumulator.empty(shelf.metrics().get(place).metric());
      size += windows.size();
      layout.grow(windows.size());
    }
    return row.accumulators[place];
  }

  void drainTo(EventPanes.Drain drain) {
    layout.grouped().forEach(metric -> drainTotal(metric, drain));
    for (Shelf shelf : layout.shelves()) {
      for (int place = 0; place < shelf.metrics().size(); place++) {
        drainTo(drain, shelf, place);
      }
    }
  }

  private void drainTo(EventPanes.Drain drain, Shelf shelf, int place) {
    Shelf.Placed placed = shelf.metrics().get(place);
    for (int i = 0; i < windows.size(); i++) {
      EventPanes.Drain.Series series = seriesOf(drain, placed.metric(), placed.grouping(), i);
      boolean isLast = i == windows.size() - 1;
      for (Row row : shelves.get(shelf.index()).values()) {
        MetricAccumulator accumulator = row.accumulators[place];
        if (accumulator != null) {
          series.take(row.series, row.latest, accumulator, isLast);
        }
      }
    }
  }

  /** Each event that feeds a metric is in exactly one row of each of its groupings. */
  private void drainTotal(MetricDefinition metric, EventPanes.Drain drain) {
    Shelf smallest = null;
    for (Shelf shelf : layout.shelves()) {
      boolean isSmaller =
          smallest == null
              || shelves.get(shelf.index()).size() < shelves.get(smallest.index()).size();
      if (isSmaller && shelf.placeOf(metric) >= 0) {
        smallest = shelf;
      }
    }
    int place = smallest.placeOf(metric);
    MetricAccumulator total = MetricAccumulator.empty(metric);
    long latest = Long.MIN_VALUE;
    for (Row row : shelves.get(smallest.index()).values()) {
      if (row.accumulators[place] != null) {
        total.merge(row.accumulators[place]);
        latest = Math.max(latest, row.latest);
      }
    }
    for (int i = 0; total.samples() > 0 && i < windows.size(); i++) {
      seriesOf(drain, metric, 0, i).take(SeriesKey.TOTAL, latest, total, i == windows.size() - 1);
    }
  }

  private EventPanes.Drain.Series seriesOf(
      EventPanes.Drain drain, MetricDefinition metric, int grouping, int window) {
    PaneWindows.Counted counted = windows.get(window);
    return drain.seriesOf(metric, grouping, counted.window(), counted.countsFrom());
  }
}
