package io.tidewatch.pattern.window;

/**
 * What a judge says of a window.
 *
 * @param expected what the value of a breach was compared with; else NaN
 * @param limit what it crossed; else NaN
 * @param values what it wants to remember of the series
 */
public record Judgement(Finding finding, double expected, double limit, double[] values) {

  static Judgement normal(double[] values) {
    return new Judgement(Finding.NORMAL, Double.NaN, Double.NaN, values);
  }

  static Judgement unknown(double[] values) {
    return new Judgement(Finding.UNKNOWN, Double.NaN, Double.NaN, values);
  }
}
