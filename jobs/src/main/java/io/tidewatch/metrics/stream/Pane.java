package io.tidewatch.metrics.stream;

import io.tidewatch.event.Event;
import io.tidewatch.metrics.Contribution;
import io.tidewatch.metrics.MetricAccumulator;
import io.tidewatch.metrics.MetricDefinition;
import io.tidewatch.metrics.SeriesKey;
import java.util.ArrayList;
import java.util.List;

/** Rows of the events that count in the very same windows. */
final class Pane {

  private final PaneLayout layout;
  private final List<PaneWindows.Counted> windows;

  /** All of the windows begin by this instant and none ends before the other. */
  private final long from;

  private final long until;

  /** Whether every event in between that is in time belongs here; else each must be looked at. */
  private final boolean plain;

  private final List<SeriesRows> rowsBySet = new ArrayList<>();
  private long latest = Long.MIN_VALUE;
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
    layout
        .groupingSets()
        .forEach(set -> rowsBySet.add(new SeriesRows(set, layout.expectedRows(set))));
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
   * Adds an event to its row of a grouping set.
   *
   * @param contributions by place in the set, which of the given is for it; negative for none
   * @param times how often there was such an event
   */
  void add(Event event, GroupingSet set, int[] contributions, Contribution[] given, long times) {
    int firsts = rowsBySet.get(set.index()).add(event, contributions, given, times);
    if (firsts > 0) {
      size += firsts * windows.size();
      layout.grow(firsts * windows.size());
    }
    latest = Math.max(latest, event.time().toEpochMilli());
  }

  /** How many rows a grouping set has. */
  int rows(GroupingSet set) {
    return rowsBySet.get(set.index()).size();
  }

  void drainTo(EventPanes.Drain drain) {
    layout.grouped().forEach(metric -> drainTotal(metric, drain));
    for (GroupingSet set : layout.groupingSets()) {
      for (int place = 0; place < set.metrics().size(); place++) {
        drainTo(drain, set, place);
      }
    }
  }

  private void drainTo(EventPanes.Drain drain, GroupingSet set, int place) {
    GroupingSet.Placed placed = set.metrics().get(place);
    List<EventPanes.Drain.Series> targets = targets(drain, placed.metric(), placed.grouping());
    rowsBySet
        .get(set.index())
        .forEach(place, (series, gathered) -> give(targets, series, gathered));
  }

  /** Each event that feeds a metric is in exactly one row of each of its groupings. */
  private void drainTotal(MetricDefinition metric, EventPanes.Drain drain) {
    GroupingSet smallest = null;
    for (GroupingSet set : layout.groupingSets()) {
      boolean isSmaller = smallest == null || rows(set) < rows(smallest);
      if (isSmaller && set.placeOf(metric) >= 0) {
        smallest = set;
      }
    }
    MetricAccumulator total = rowsBySet.get(smallest.index()).total(smallest.placeOf(metric));
    if (total.samples() > 0) {
      give(targets(drain, metric, 0), SeriesKey.TOTAL, total);
    }
  }

  /** Where a metric's series go: by window. */
  private List<EventPanes.Drain.Series> targets(
      EventPanes.Drain drain, MetricDefinition metric, int grouping) {
    List<EventPanes.Drain.Series> targets = new ArrayList<>(windows.size());
    for (PaneWindows.Counted counted : windows) {
      targets.add(drain.seriesOf(metric, grouping, counted.window(), counted.countsFrom(), latest));
    }
    return targets;
  }

  private static void give(
      List<EventPanes.Drain.Series> targets, String series, MetricAccumulator accumulator) {
    int last = targets.size() - 1;
    for (int i = 0; i < last; i++) {
      targets.get(i).take(series, accumulator, false);
    }
    targets.get(last).take(series, accumulator, true);
  }
}
