package io.tidewatch.metrics.stream;

import io.tidewatch.event.Event;
import io.tidewatch.metrics.TimeWindow;
import io.tidewatch.metrics.WindowCalendar;
import io.tidewatch.metrics.WindowSize;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** Finds the windows that an event counts in, of the sizes that some metrics share. */
record PaneWindows(
    WindowCalendar calendar,
    long allowedLateness,
    List<WindowSize> sizes,
    List<Integer> rollingDays) {

  /** A window with the end that decides whether an event is too late for it. */
  record Counted(TimeWindow window, long countsFrom) {}

  /** Whether the event is in time for a window with this end. */
  boolean counts(long windowEnd, Event event) {
    return !event.isLateFor(windowEnd, allowedLateness);
  }

  /** The windows that an event at that time counts in; a pane stands for the rolling ones. */
  List<Counted> of(long time, Event event) {
    List<Counted> windows = new ArrayList<>(sizes.size() + 1);
    for (WindowSize size : sizes) {
      TimeWindow window = calendar.window(size, time);
      if (counts(window.endMillis(), event)) {
        windows.add(new Counted(window, window.endMillis()));
      }
    }
    if (!rollingDays.isEmpty()) {
      firstRollingEnd(time, event).ifPresent(end -> windows.add(new Counted(dayOf(time), end)));
    }
    return windows;
  }

  /** The end of the first rolling window that the event is not too late for. */
  private OptionalLong firstRollingEnd(long time, Event event) {
    int longest = rollingDays.get(rollingDays.size() - 1);
    return calendar.rolling(longest, time).stream()
        .mapToLong(TimeWindow::endMillis)
        .filter(end -> counts(end, event))
        .findFirst();
  }

  private TimeWindow dayOf(long time) {
    TimeWindow day = calendar.day(time);
    return new TimeWindow(PartialAggregate.PANE, day.startMillis(), day.endMillis());
  }
}
