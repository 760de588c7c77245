package io.tidewatch.metrics.stream;

import io.tidewatch.event.Event;
import io.tidewatch.metrics.MetricAccumulator;
import java.time.Instant;
import java.util.List;

/**
 * What some events add to one metric in one window, by series, on its way to the window's state.
 *
 * @param definition hash of the metric's definition
 * @param grouping names of the series' dimensions, joined by commas; empty for the total
 * @param window label of the window, or {@link #PANE}
 * @param start epoch milliseconds, inclusive
 * @param end epoch milliseconds, exclusive
 * @param countsFrom of the rolling windows made of this pane, only those that end at this time or
 *     later count it: the others had closed to it when it came. Irrelevant for other windows.
 * @param latest the greatest event time in it, epoch milliseconds
 * @param series each at most once
 */
public record PartialAggregate(
    String definition,
    String grouping,
    String window,
    long start,
    long end,
    long countsFrom,
    long latest,
    List<OfSeries> series) {

  /** What the events add to one series. */
  public record OfSeries(String series, MetricAccumulator accumulator) {}

  /** The label of a local day as a part of rolling windows. */
  public static final String PANE = "pane";

  private static final String MARK = "mark";

  /** Says, after all that came before, that a recording has ended; it belongs to no metric. */
  static PartialAggregate mark(Event marked) {
    long time = Instant.parse(marked.get("mark")).toEpochMilli();
    return new PartialAggregate(
        "", "", MARK, time, time, time, marked.receivedAt().toEpochMilli(), List.of());
  }

  /** Whether it is the word of a producer that nothing older follows; {@link #start} is when. */
  public boolean isMark() {
    return window.equals(MARK);
  }

  public boolean isPane() {
    return window.equals(PANE);
  }

  /** All series of a window share its state, and so a subtask. */
  public String windowKey() {
    return definition + '|' + window + '|' + start;
  }

  /** All panes of a grouping share their state: rolling windows merge them. */
  public String paneKey() {
    return definition + '|' + grouping;
  }
}
