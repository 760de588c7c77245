package io.tidewatch.metrics.stream;

import io.tidewatch.event.Event;
import io.tidewatch.metrics.Contribution;
import io.tidewatch.metrics.MetricDefinition;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The metrics that events of one kind feed, by layout. */
final class PaneFeed {

  private final List<MetricDefinition> metrics;
  private final List<Part> parts = new ArrayList<>();
  private final Contribution[] contributions;

  PaneFeed(List<MetricDefinition> metrics, List<PaneLayout> layouts) {
    this.metrics = metrics;
    this.contributions = new Contribution[metrics.size()];
    for (PaneLayout layout : layouts) {
      List<Entry> entries =
          layout.shelves().stream()
              .map(shelf -> Entry.of(shelf, metrics))
              .filter(Entry::isFed)
              .toList();
      if (!entries.isEmpty()) {
        parts.add(new Part(layout, entries));
      }
    }
  }

  void add(Event event) {
    boolean any = false;
    for (int i = 0; i < contributions.length; i++) {
      contributions[i] = metrics.get(i).read(event).orElse(null);
      any |= contributions[i] != null;
    }
    if (any) {
      for (Part part : parts) {
        part.add(event, contributions);
      }
    }
  }

  /** What a feed adds to one layout. */
  private record Part(PaneLayout layout, List<Entry> entries) {

    private void add(Event event, Contribution[] given) {
      Pane pane = null;
      for (Entry entry : entries) {
        if (entry.isFedBy(given)) {
          pane = pane == null ? layout.paneOf(event) : pane;
          if (pane == null) {
            return;
          }
          pane.add(event, entry.shelf, entry.contributions, given);
        }
      }
    }
  }

  /**
   * What a feed adds to one shelf.
   *
   * @param contributions by place on the shelf, where the metric is in the feed; negative if it
   *     isn't
   */
  private record Entry(Shelf shelf, int[] contributions) {

    private static Entry of(Shelf shelf, List<MetricDefinition> fed) {
      return new Entry(
          shelf,
          shelf.metrics().stream().mapToInt(placed -> fed.indexOf(placed.metric())).toArray());
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
