package io.tidewatch.alert;

/**
 * A part of a metric that made much of the change that an alert is about.
 *
 * @param series as metrics name it, such as {@code endpoint=/inference}
 * @param value in the window that made the alert; null if the part had no such window
 * @param before in the window that this one is compared with; null likewise
 * @param share of the whole's change: 0.6 is most of it, more than 1 is what other parts made up
 *     for
 */
public record Contributor(String series, Double value, Double before, double share) {}
