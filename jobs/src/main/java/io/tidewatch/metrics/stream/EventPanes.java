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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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

  private static final String ABSENT = "\0";

  private final MetricCatalogue catalogue;
  private final WindowCalendar calendar;
  private final long allowedLateness;
  private final List<Layout> layouts = new ArrayList<>();
  private final Map<List<MetricDefinition>, Feed> feeds = new IdentityHashMap<>();
  private int size;
  private long earliestEnd = Long.MAX_VALUE;

  EventPanes(MetricCatalogue catalogue, WindowCalendar calendar, Duration allowedLateness) {
    this.catalogue = catalogue;
    this.calendar = calendar;
    this.allowedLateness = allowedLateness.toMillis();
    for (MetricDefinition metric : catalogue.metrics()) {
      layoutOf(metric).add(metric);
    }
  }

  /** Takes what a metric has gathered in one window and series; it may keep the accumulator. */
  interface Drain {

    /**
     * @param grouping index among the metric's groupings
     */
    void take(
        MetricDefinition metric,
        int grouping,
        TimeWindow window,
        long countsFrom,
        String series,
        long latest,
        MetricAccumulator accumulator);
  }

  /** How many accumulators it stands for, one for each metric, series and window. */
  int size() {
    return size;
  }

  /** When the first window of all panes ends, epoch milliseconds. */
  long earliestEnd() {
    return earliestEnd;
  }

  void add(Event event) {
    List<MetricDefinition> fed = catalogue.fedBy(event);
    if (!fed.isEmpty()) {
      feeds.computeIfAbsent(fed, Feed::new).add(event);
    }
  }

  /** Takes out the panes of which a window ends at or before the instant. */
  void drainEndedBy(long instant, Drain drain) {
    earliestEnd = Long.MAX_VALUE;
    for (Layout layout : layouts) {
      layout.drainEndedBy(instant, drain);
    }
  }

  void drainAll(Drain drain) {
    drainEndedBy(Long.MAX_VALUE, drain);
  }

  private Layout layoutOf(MetricDefinition metric) {
    return layouts.stream()
        .filter(layout -> layout.suits(metric))
        .findFirst()
        .orElseGet(
            () -> {
              Layout layout = new Layout(metric.windows(), metric.rollingDays());
              layouts.add(layout);
              return layout;
            });
  }

  private boolean counts(long windowEnd, Event event) {
    return !event.isLateFor(windowEnd, allowedLateness);
  }

  /** The metrics that events of one kind feed, by layout. */
  private final class Feed {

    private final List<MetricDefinition> metrics;
    private final List<Part> parts = new ArrayList<>();
    private final Contribution[] contributions;

    private Feed(List<MetricDefinition> metrics) {
      this.metrics = metrics;
      this.contributions = new Contribution[metrics.size()];
      for (Layout layout : layouts) {
        Part part = new Part(layout, metrics);
        if (!part.entries.isEmpty()) {
          parts.add(part);
        }
      }
    }

    private void add(Event event) {
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
  }

  /** What a feed adds to one layout. */
  private static final class Part {

    private final Layout layout;
    private final List<Entry> entries = new ArrayList<>();

    private Part(Layout layout, List<MetricDefinition> fed) {
      this.layout = layout;
      for (Shelf shelf : layout.shelves) {
        int[] contributions =
            shelf.metrics.stream().mapToInt(placed -> fed.indexOf(placed.metric())).toArray();
        for (int contribution : contributions) {
          if (contribution >= 0) {
            entries.add(new Entry(shelf, contributions));
            break;
          }
        }
      }
    }

    private void add(Event event, Contribution[] contributions) {
      Pane pane = null;
      for (Entry entry : entries) {
        if (entry.isFedBy(contributions)) {
          pane = pane == null ? layout.paneOf(event) : pane;
          if (pane == null) {
            return;
          }
          entry.addTo(pane, event, contributions);
        }
      }
    }
  }

  /**
   * @param contributions by place on the shelf, where the metric is in the feed; negative if it
   *     isn't
   */
  private record Entry(Shelf shelf, int[] contributions) {

    private boolean isFedBy(Contribution[] given) {
      for (int contribution : contributions) {
        if (contribution >= 0 && given[contribution] != null) {
          return true;
        }
      }
      return false;
    }

    private void addTo(Pane pane, Event event, Contribution[] given) {
      Row row = pane.row(shelf, event);
      for (int place = 0; place < contributions.length; place++) {
        if (contributions[place] >= 0 && given[contributions[place]] != null) {
          pane.accumulator(row, shelf, place).add(given[contributions[place]]);
        }
      }
      row.latest = Math.max(row.latest, event.time().toEpochMilli());
    }
  }

  /** A metric where it stands on a shelf, with the index of that grouping among its own. */
  private record Placed(MetricDefinition metric, int grouping) {}

  /** Metrics that share dimensions, within one layout. */
  private static final class Shelf {

    private final int index;
    private final List<String> dimensions;
    private final List<Placed> metrics = new ArrayList<>();

    private Shelf(int index, List<String> dimensions) {
      this.index = index;
      this.dimensions = dimensions;
    }

    private String keyOf(Event event) {
      return switch (dimensions.size()) {
        case 0 -> SeriesKey.TOTAL;
        case 1 -> {
          String value = event.get(dimensions.get(0));
          yield value == null ? ABSENT : value;
        }
        default -> SeriesKey.of(dimensions, event);
      };
    }

    private int placeOf(MetricDefinition metric) {
      for (int place = 0; place < metrics.size(); place++) {
        if (metrics.get(place).metric() == metric) {
          return place;
        }
      }
      return -1;
    }
  }

  /** Metrics that share windows. */
  private final class Layout {

    private final List<WindowSize> sizes;
    private final List<Integer> rollingDays;
    private final List<Shelf> shelves = new ArrayList<>();

    /** Metrics whose totals are sums of rows. */
    private final List<MetricDefinition> grouped = new ArrayList<>();

    /** The one last added to comes last. */
    private final List<Pane> panes = new ArrayList<>();

    private Layout(List<WindowSize> sizes, List<Integer> rollingDays) {
      this.sizes = sizes;
      this.rollingDays = rollingDays;
    }

    private boolean suits(MetricDefinition metric) {
      return metric.windows().equals(sizes) && metric.rollingDays().equals(rollingDays);
    }

    private void add(MetricDefinition metric) {
      List<List<String>> groupings = metric.groupings();
      boolean isGrouped = groupings.size() > 1;
      if (isGrouped) {
        grouped.add(metric);
      }
      for (int grouping = isGrouped ? 1 : 0; grouping < groupings.size(); grouping++) {
        shelfOf(groupings.get(grouping)).metrics.add(new Placed(metric, grouping));
      }
    }

    private Shelf shelfOf(List<String> dimensions) {
      for (Shelf shelf : shelves) {
        if (shelf.dimensions.equals(dimensions)) {
          return shelf;
        }
      }
      Shelf shelf = new Shelf(shelves.size(), dimensions);
      shelves.add(shelf);
      return shelf;
    }

    /** Null if the event is too late for all of the windows. */
    private Pane paneOf(Event event) {
      long time = event.time().toEpochMilli();
      for (int i = panes.size() - 1; i >= 0; i--) {
        Pane pane = panes.get(i);
        if (pane.holds(time, event)) {
          return pane;
        }
      }
      Pane pane = new Pane(this, time, event);
      if (pane.windows.isEmpty()) {
        return null;
      }
      panes.add(pane);
      earliestEnd = Math.min(earliestEnd, pane.until);
      return pane;
    }

    private void drainEndedBy(long instant, Drain drain) {
      for (Iterator<Pane> open = panes.iterator(); open.hasNext(); ) {
        Pane pane = open.next();
        if (pane.until <= instant) {
          open.remove();
          pane.drainTo(drain);
          size -= pane.held;
        } else {
          earliestEnd = Math.min(earliestEnd, pane.until);
        }
      }
    }
  }

  /** A window with the end that decides whether an event is too late for it. */
  private record Counted(TimeWindow window, long countsFrom) {}

  /** Rows of the events that count in the very same windows. */
  private final class Pane {

    private final Layout layout;
    private final List<Counted> windows;

    /** All of the windows begin by this instant and none ends before the other. */
    private final long from;

    private final long until;

    /** Whether every event in between that is in time belongs here; else each must be looked at. */
    private final boolean plain;

    private final List<Map<String, Row>> shelves = new ArrayList<>();
    private int held;

    private Pane(Layout layout, long time, Event event) {
      this.layout = layout;
      this.windows = windowsOf(layout, time, event);
      this.from = windows.stream().mapToLong(w -> w.window().startMillis()).max().orElse(0);
      this.until = windows.stream().mapToLong(w -> w.window().endMillis()).min().orElse(0);
      Event inTime = event.withWatermark(Event.NEVER_LATE);
      this.plain =
          windows.equals(windowsOf(layout, from, inTime))
              && windows.equals(windowsOf(layout, until - 1, inTime));
      layout.shelves.forEach(shelf -> shelves.add(new HashMap<>()));
    }

    private boolean holds(long time, Event event) {
      return from <= time
          && time < until
          && (plain && counts(until, event) || windows.equals(windowsOf(layout, time, event)));
    }

    private Row row(Shelf shelf, Event event) {
      Map<String, Row> rowsOfShelf = shelves.get(shelf.index);
      String key = shelf.keyOf(event);
      Row row = rowsOfShelf.get(key);
      if (row == null) {
        row = new Row(SeriesKey.of(shelf.dimensions, event), shelf.metrics.size());
        rowsOfShelf.put(key, row);
      }
      return row;
    }

    private MetricAccumulator accumulator(Row row, Shelf shelf, int place) {
      if (row.accumulators[place] == null) {
        row.accumulators[place] = MetricAccumulator.empty(shelf.metrics.get(place).metric());
        held += windows.size();
        size += windows.size();
      }
      return row.accumulators[place];
    }

    private void drainTo(Drain drain) {
      layout.grouped.forEach(metric -> drainTotal(metric, drain));
      for (Shelf shelf : layout.shelves) {
        for (Row row : shelves.get(shelf.index).values()) {
          for (int place = 0; place < row.accumulators.length; place++) {
            if (row.accumulators[place] != null) {
              Placed placed = shelf.metrics.get(place);
              drainTo(
                  drain,
                  placed.metric(),
                  placed.grouping(),
                  row.series,
                  row.latest,
                  row.accumulators[place]);
            }
          }
        }
      }
    }

    /** Each event that feeds a metric is in exactly one row of each of its groupings. */
    private void drainTotal(MetricDefinition metric, Drain drain) {
      Shelf smallest = null;
      for (Shelf shelf : layout.shelves) {
        boolean isSmaller =
            smallest == null
                || shelves.get(shelf.index).size() < shelves.get(smallest.index).size();
        if (isSmaller && shelf.placeOf(metric) >= 0) {
          smallest = shelf;
        }
      }
      int place = smallest.placeOf(metric);
      MetricAccumulator total = MetricAccumulator.empty(metric);
      long latest = Long.MIN_VALUE;
      for (Row row : shelves.get(smallest.index).values()) {
        if (row.accumulators[place] != null) {
          total.merge(row.accumulators[place]);
          latest = Math.max(latest, row.latest);
        }
      }
      if (total.samples() > 0) {
        drainTo(drain, metric, 0, SeriesKey.TOTAL, latest, total);
      }
    }

    private void drainTo(
        Drain drain,
        MetricDefinition metric,
        int grouping,
        String series,
        long latest,
        MetricAccumulator accumulator) {
      for (int i = 0; i < windows.size(); i++) {
        Counted counted = windows.get(i);
        boolean isLast = i == windows.size() - 1;
        drain.take(
            metric,
            grouping,
            counted.window(),
            counted.countsFrom(),
            series,
            latest,
            isLast ? accumulator : copyOf(metric, accumulator));
      }
    }

    private static MetricAccumulator copyOf(
        MetricDefinition metric, MetricAccumulator accumulator) {
      MetricAccumulator copy = MetricAccumulator.empty(metric);
      copy.merge(accumulator);
      return copy;
    }
  }

  /** The windows that an event at that time counts in; a pane stands for the rolling ones. */
  private List<Counted> windowsOf(Layout layout, long time, Event event) {
    List<Counted> windows = new ArrayList<>(layout.sizes.size() + 1);
    for (WindowSize size : layout.sizes) {
      TimeWindow window = calendar.window(size, time);
      if (counts(window.endMillis(), event)) {
        windows.add(new Counted(window, window.endMillis()));
      }
    }
    if (!layout.rollingDays.isEmpty()) {
      firstRollingEnd(layout.rollingDays, time, event)
          .ifPresent(
              end -> {
                TimeWindow day = calendar.day(time);
                windows.add(
                    new Counted(
                        new TimeWindow(PartialAggregate.PANE, day.startMillis(), day.endMillis()),
                        end));
              });
    }
    return windows;
  }

  /** The end of the first rolling window that the event is not too late for. */
  private Optional<Long> firstRollingEnd(List<Integer> days, long time, Event event) {
    int longest = days.get(days.size() - 1);
    return calendar.rolling(longest, time).stream()
        .map(TimeWindow::endMillis)
        .filter(end -> counts(end, event))
        .findFirst();
  }

  /** What one combination of dimension values has gathered, for each metric of a shelf. */
  private static final class Row {

    private final String series;
    private final MetricAccumulator[] accumulators;
    private long latest = Long.MIN_VALUE;

    private Row(String series, int metrics) {
      this.series = series;
      this.accumulators = new MetricAccumulator[metrics];
    }
  }
}
