package io.tidewatch.local.grafana;

/** From this value on, a value has this colour. */
record Threshold(double from, Colour colour) {}
