package io.tidewatch.metrics.stream;

import io.tidewatch.event.Event;
import io.tidewatch.metrics.MetricDefinition;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** Metrics that share windows, with their open panes. */
final class PaneLayout {

  /** More open panes than these are of late events and sparse. */
  private static final int FEW_PANES = 4;

  private final PaneWindows windows;
  private final List<GroupingSet> groupingSets = new ArrayList<>();

  /** Metrics whose totals are sums of rows. */
  private final List<MetricDefinition> grouped = new ArrayList<>();

  /** The one last added to comes last. */
  private final List<Pane> panes = new ArrayList<>();

  /** By grouping set: rows of the pane that was taken out last. */
  private int[] lastRows = {};

  private int size;
  private long earliestEnd = Long.MAX_VALUE;

  PaneLayout(PaneWindows windows) {
    this.windows = windows;
  }

  PaneWindows windows() {
    return windows;
  }

  List<GroupingSet> groupingSets() {
    return groupingSets;
  }

  List<MetricDefinition> grouped() {
    return grouped;
  }

  /** How many accumulators its panes stand for. */
  int size() {
    return size;
  }

  /** When the first window of its panes ends. */
  long earliestEnd() {
    return earliestEnd;
  }

  void add(MetricDefinition metric) {
    List<List<String>> groupings = metric.groupings();
    boolean isGrouped = groupings.size() > 1;
    if (isGrouped) {
      grouped.add(metric);
    }
    for (int grouping = isGrouped ? 1 : 0; grouping < groupings.size(); grouping++) {
      groupingSetOf(groupings.get(grouping)).put(metric, grouping);
    }
  }

  /** The pane of the event; null if it is too late for all of the windows. */
  Pane paneOf(Event event) {
    long time = event.time().toEpochMilli();
    for (int i = panes.size() - 1; i >= 0; i--) {
      Pane pane = panes.get(i);
      if (pane.holds(time, event)) {
        return pane;
      }
    }
    List<PaneWindows.Counted> counted = windows.of(time, event);
    if (counted.isEmpty()) {
      return null;
    }
    Pane pane = new Pane(this, counted, event);
    panes.add(pane);
    earliestEnd = Math.min(earliestEnd, pane.until());
    return pane;
  }

  /**
   * How many rows a pane may come to have of a grouping set: while there are few, panes are much
   * alike.
   */
  int expectedRows(GroupingSet set) {
    boolean isAlike = panes.size() < FEW_PANES && set.index() < lastRows.length;
    return isAlike ? lastRows[set.index()] : 0;
  }

  /** Takes note of accumulators that one of its panes has come to stand for. */
  void grow(int accumulators) {
    size += accumulators;
  }

  void drainEndedBy(long instant, EventPanes.Drain drain) {
    earliestEnd = Long.MAX_VALUE;
    for (Iterator<Pane> open = panes.iterator(); open.hasNext(); ) {
      Pane pane = open.next();
      if (pane.until() <= instant) {
        open.remove();
        pane.drainTo(drain);
        lastRows = groupingSets.stream().mapToInt(pane::rows).toArray();
        size -= pane.size();
      } else {
        earliestEnd = Math.min(earliestEnd, pane.until());
      }
    }
  }

  private GroupingSet groupingSetOf(List<String> dimensions) {
    for (GroupingSet set : groupingSets) {
      if (set.dimensions().equals(dimensions)) {
        return set;
      }
    }
    GroupingSet set = GroupingSet.of(groupingSets.size(), dimensions);
    groupingSets.add(set);
    return set;
  }
}
