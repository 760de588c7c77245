package io.tidewatch.pattern.window;

/**
 * What is known of a series before a window.
 *
 * @param values what the judge chose to remember
 * @param breaches windows in breach since the last normal one
 * @param judgedUntil the end of the last window that was judged, epoch milliseconds
 * @param lastWeek the value at the same local time a week before; null if there was none, or the
 *     judge does not ask for it
 */
public record SeriesPast(double[] values, int breaches, long judgedUntil, Double lastWeek) {}
