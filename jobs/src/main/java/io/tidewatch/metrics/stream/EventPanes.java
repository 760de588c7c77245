package io.tidewatch.metrics.stream;

import io.tidewatch.event.Event;
import io.tidewatch.metrics.MetricAccumulator;
import io.tidewatch.metrics.MetricCatalogue;
import io.tidewatch.metrics.MetricDefinition;
import io.tidewatch.metrics.TimeWindow;
import io.tidewatch.metrics.WindowCalendar;
import java.time.Duration;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * Adds each event once, however many windows it counts in and however many metrics it feeds.
 *
 * <p>Metrics of the same windows share panes: a pane holds the events that lie in the very same
 * windows. Within it, metrics with the same dimensions share a row for each combination of values.
 * When a pane is taken out, its rows go to each window of the pane; and totals are the sum of the
 * rows of one of the metric's groupings. Aggregates do not depend on order or on merges, so the
 * numbers are those of adding each event to each window and series.
 *
 * <p>An event counts in each window whose end plus the allowed lateness is after the watermark it
 * carries.
 */
final class EventPanes {

  private final MetricCatalogue catalogue;
  private final List<PaneLayout> layouts = new ArrayList<>();
  private final Map<List<MetricDefinition>, PaneFeed> feeds = new IdentityHashMap<>();

  /** Of the event before; types that recur are mostly one object. */
  private String lastType;

  private boolean lastDerived;
  private PaneFeed feedOfLast;

  EventPanes(MetricCatalogue catalogue, WindowCalendar calendar, Duration allowedLateness) {
    this.catalogue = catalogue;
    for (MetricDefinition metric : catalogue.metrics()) {
      PaneWindows windows =
          new PaneWindows(
              calendar, allowedLateness.toMillis(), metric.windows(), metric.rollingDays());
      layoutOf(windows).add(metric);
    }
  }

  /** Where metrics leave what they have gathered. */
  interface Drain {

    /**
     * For the series of one metric in one window.
     *
     * @param grouping index among the metric's groupings
     * @param latest the greatest time of an event in the pane, epoch milliseconds
     */
    Series seriesOf(
        MetricDefinition metric, int grouping, TimeWindow window, long countsFrom, long latest);

    /** Takes series. */
    interface Series {

      /**
       * @param mayKeep whether it may keep the accumulator; else it leaves it as it is
       */
      void take(String series, MetricAccumulator accumulator, boolean mayKeep);
    }
  }

  /** How many accumulators it stands for, one for each metric, series and window. */
  int size() {
    int size = 0;
    for (PaneLayout layout : layouts) {
      size += layout.size();
    }
    return size;
  }

  /** When the first window of all panes ends, epoch milliseconds. */
  long earliestEnd() {
    long earliest = Long.MAX_VALUE;
    for (PaneLayout layout : layouts) {
      earliest = Math.min(earliest, layout.earliestEnd());
    }
    return earliest;
  }

  void add(Event event) {
    if (event.type() != lastType || event.derived() != lastDerived) {
      lastType = event.type();
      lastDerived = event.derived();
      feedOfLast = feedOf(event);
    }
    if (feedOfLast != null) {
      feedOfLast.add(event);
    }
  }

  /** Null for events that no metric reads. */
  private PaneFeed feedOf(Event event) {
    List<MetricDefinition> fed = catalogue.fedBy(event);
    if (fed.isEmpty()) {
      return null;
    }
    PaneFeed feed = feeds.get(fed);
    if (feed == null) {
      feed = new PaneFeed(fed, event, layouts);
      feeds.put(fed, feed);
    }
    return feed;
  }

  /** Takes out the panes of which a window ends at or before the instant. */
  void drainEndedBy(long instant, Drain drain) {
    feeds.values().forEach(PaneFeed::addCounted);
    layouts.forEach(layout -> layout.drainEndedBy(instant, drain));
  }

  void drainAll(Drain drain) {
    drainEndedBy(Long.MAX_VALUE, drain);
  }

  private PaneLayout layoutOf(PaneWindows windows) {
    for (PaneLayout layout : layouts) {
      if (layout.windows().equals(windows)) {
        return layout;
      }
    }
    PaneLayout layout = new PaneLayout(windows);
    layouts.add(layout);
    return layout;
  }
}
