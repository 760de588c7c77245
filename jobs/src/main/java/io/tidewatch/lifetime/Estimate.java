package io.tidewatch.lifetime;

/** A number and its 95 % interval. */
public record Estimate(double value, double low, double high) {}
