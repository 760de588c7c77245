package io.tidewatch.pattern.window;

/**
 * A window with what was found of it: what patterns match.
 *
 * @param first whether the judged window before was normal, so that a breach begins here
 * @param expected what the value of a breach was compared with; else NaN
 * @param limit what it crossed; else NaN
 */
public record JudgedWindow(
    SeriesWindow window, Finding finding, boolean first, double expected, double limit) {

  /** Says that no window came from the end of this one until then, epoch milliseconds. */
  public static JudgedWindow silent(String series, long since, long until) {
    SeriesWindow nothing = new SeriesWindow(series, null, since, until, Double.NaN);
    return new JudgedWindow(nothing, Finding.SILENT, false, Double.NaN, Double.NaN);
  }

  /** When it happened, epoch milliseconds. */
  public long time() {
    return window.lastMoment();
  }
}
