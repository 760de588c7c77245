package io.tidewatch.metrics.stream;

import io.tidewatch.event.Event;
import io.tidewatch.metrics.Contribution;
import io.tidewatch.metrics.ContributionReader;
import io.tidewatch.metrics.MetricDefinition;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The metrics that events of one kind feed, by layout.
 *
 * <p>Events without an identity that hold the very same properties, as ingest tells of records, are
 * counted and read once.
 */
final class PaneFeed {

  private final ContributionReader reader;
  private final List<Part> parts = new ArrayList<>();
  private final Contribution[] contributions;

  /** The latest of those that are counted; null if there is none. */
  private Event counted;

  private long times;
  private final List<Pane> panesOfCounted = new ArrayList<>();

  /**
   * @param kind an event of the kind
   */
  PaneFeed(List<MetricDefinition> metrics, Event kind, List<PaneLayout> layouts) {
    this.reader = new ContributionReader(metrics, kind);
    this.contributions = new Contribution[metrics.size()];
    for (PaneLayout layout : layouts) {
      List<Entry> entries =
          layout.groupingSets().stream()
              .map(set -> Entry.of(set, metrics))
              .filter(Entry::isFed)
              .toList();
      if (!entries.isEmpty()) {
        parts.add(new Part(layout, entries));
      }
    }
  }

  void add(Event event) {
    if (counted != null) {
      if (isCountedAgain(event)) {
        times++;
        counted = event.time().isAfter(counted.time()) ? event : counted;
        return;
      }
      addCounted();
    }
    if (!event.id().isEmpty() || !count(event)) {
      add(event, 1);
    }
  }

  private boolean isCountedAgain(Event event) {
    if (event.properties() != counted.properties()
        || !event.id().isEmpty()
        || !event.source().equals(counted.source())) {
      return false;
    }
    long time = event.time().toEpochMilli();
    for (Pane pane : panesOfCounted) {
      if (!pane.holds(time, event)) {
        return false;
      }
    }
    return true;
  }

  /** Begins to count an event; false if it is too late for all windows of a layout. */
  private boolean count(Event event) {
    for (Part part : parts) {
      Pane pane = part.layout.paneOf(event);
      if (pane == null) {
        panesOfCounted.clear();
        return false;
      }
      panesOfCounted.add(pane);
    }
    counted = event;
    times = 1;
    return true;
  }

  /** Adds what was counted to its panes. */
  void addCounted() {
    if (counted != null) {
      add(counted, times);
      counted = null;
      panesOfCounted.clear();
    }
  }

  private void add(Event event, long times) {
    if (!reader.read(event)) {
      return;
    }
    for (int i = 0; i < contributions.length; i++) {
      contributions[i] = reader.contribution(i);
    }
    for (Part part : parts) {
      part.add(event, contributions, times);
    }
  }

  /** What a feed adds to one layout. */
  private record Part(PaneLayout layout, List<Entry> entries) {

    private void add(Event event, Contribution[] given, long times) {
      Pane pane = null;
      for (Entry entry : entries) {
        if (entry.isFedBy(given)) {
          pane = pane == null ? layout.paneOf(event) : pane;
          if (pane == null) {
            return;
          }
          pane.add(event, entry.set, entry.contributions, given, times);
        }
      }
    }
  }

  /**
   * What a feed adds to one grouping set.
   *
   * @param contributions by place in the set, where the metric is in the feed; negative if it isn't
   */
  private record Entry(GroupingSet set, int[] contributions) {

    private static Entry of(GroupingSet set, List<MetricDefinition> fed) {
      return new Entry(
          set, set.metrics().stream().mapToInt(placed -> fed.indexOf(placed.metric())).toArray());
    }

    private boolean isFed() {
      return Arrays.stream(contributions).anyMatch(contribution -> contribution >= 0);
    }

    private boolean isFedBy(Contribution[] given) {
      for (int contribution : contributions) {
        if (contribution >= 0 && given[contribution] != null) {
          return true;
        }
      }
      return false;
    }
  }
}
