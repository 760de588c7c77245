package io.tidewatch.rules;

import io.tidewatch.metric.MetricWindow;

/**
 * How far a series has been judged. Times are epoch milliseconds.
 *
 * @param last the last window seen, real or assumed to be zero
 * @param judgedUntil the end of the last closed window that was judged; {@link Long#MIN_VALUE} if
 *     none was
 * @param lastReal the end of the last window that had events
 */
public record SeriesProgress(MetricWindow last, long judgedUntil, long lastReal) {

  /** After a window that is still open. */
  static SeriesProgress opened(MetricWindow window) {
    return new SeriesProgress(window, Long.MIN_VALUE, window.windowEnd().toEpochMilli());
  }

  /** After a closed window. */
  static SeriesProgress judged(MetricWindow window) {
    long end = window.windowEnd().toEpochMilli();
    return new SeriesProgress(window, end, end);
  }

  /** After a window without events. */
  SeriesProgress assumed(MetricWindow missing) {
    return new SeriesProgress(missing, missing.windowEnd().toEpochMilli(), lastReal);
  }
}
