package io.tidewatch.pattern.stream;

import io.tidewatch.pattern.window.SeriesWindow;

/**
 * What is remembered of a series. Times are epoch milliseconds.
 *
 * @param judgedUntil the end of the last window that was judged; {@link Long#MIN_VALUE} if none was
 * @param lastStart where that window began
 * @param lastReal the end of the last window that was judged and had events
 * @param waiting windows that wait for the watermark
 * @param breaches windows in breach since the last normal one
 * @param lookAt when the series is looked at although no window comes, or {@link #NEVER}
 * @param values see {@link io.tidewatch.pattern.window.SeriesPast#values()}
 */
public record SeriesMemory(
    long judgedUntil,
    long lastStart,
    long lastReal,
    int waiting,
    int breaches,
    long lookAt,
    double[] values) {

  static final long NEVER = Long.MAX_VALUE;

  static final SeriesMemory NONE =
      new SeriesMemory(Long.MIN_VALUE, Long.MIN_VALUE, Long.MIN_VALUE, 0, 0, NEVER, new double[0]);

  SeriesMemory withJudged(SeriesWindow window, int breaches, double[] values) {
    return new SeriesMemory(
        window.end(), window.start(), lastReal, waiting, breaches, lookAt, values);
  }

  SeriesMemory withReal(long end) {
    return new SeriesMemory(judgedUntil, lastStart, end, waiting, breaches, lookAt, values);
  }

  SeriesMemory withWaiting(int waiting) {
    return new SeriesMemory(judgedUntil, lastStart, lastReal, waiting, breaches, lookAt, values);
  }

  SeriesMemory withoutBreaches() {
    return new SeriesMemory(judgedUntil, lastStart, lastReal, waiting, 0, lookAt, values);
  }

  SeriesMemory withLookAt(long lookAt) {
    return new SeriesMemory(judgedUntil, lastStart, lastReal, waiting, breaches, lookAt, values);
  }
}
