package io.tidewatch.alert;

/**
 * The numbers of an alert, each in its metric's unit and null where there is none.
 *
 * @param value what was measured
 * @param baseline what is usual
 * @param threshold what may not be crossed
 */
public record Figures(Double value, Double baseline, Double threshold) {
  public static final Figures NONE = new Figures(null, null, null);
}
