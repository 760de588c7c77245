package io.tidewatch.rules;

/**
 * A series of a metric in one window.
 *
 * @param samples events applied
 */
public record WindowPart(String series, double value, long samples) {}
