package io.tidewatch.pattern.window;

/**
 * What a judge says of a window.
 *
 * @param values what it wants to remember of the series
 */
public record Judgement(Finding finding, double expected, double limit, double[] values) {

  static Judgement unknown(double[] values) {
    return new Judgement(Finding.UNKNOWN, Double.NaN, Double.NaN, values);
  }
}
