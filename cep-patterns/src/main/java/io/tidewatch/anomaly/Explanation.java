package io.tidewatch.anomaly;

import java.util.function.DoubleFunction;

/** Says in words why a value is odd. */
public final class Explanation {

  private final DoubleFunction<String> figures;

  /**
   * @param figures writes a value in the series' unit
   */
  public Explanation(DoubleFunction<String> figures) {
    this.figures = figures;
  }

  /**
   * Such as: 412; 180–260 expected for Monday 09:00; nothing near it seen before.
   *
   * @param hour what the hour is called, such as Monday 09:00
   */
  public String of(Assessment assessment, String hour) {
    String value = figures.apply(assessment.value());
    String figure = figures.apply(assessment.figure());
    String expected = expected(assessment.expected(), hour);
    return switch (assessment.finding()) {
      case VALUE -> value + "; " + expected + "; nothing near it seen " + ever(assessment);
      case HOUR ->
          value + "; " + expected + (assessment.isKnown() ? "" : "; nothing near it seen before");
      case LEVEL -> "%s; the level of the last values is %s, %s".formatted(value, figure, expected);
      case DRIFT ->
          "%s; the last values are on average %s from what is usual at their hours, %s"
              .formatted(value, figure, expected);
    };
  }

  private String expected(ExpectedRange range, String hour) {
    String low = figures.apply(range.low());
    String high = figures.apply(range.high());
    return (low.equals(high) ? low : low + '–' + high)
        + " expected"
        + (range.ofHour() ? " for " + hour : "");
  }

  private static String ever(Assessment assessment) {
    return assessment.isKnown() ? "for long" : "before";
  }
}
