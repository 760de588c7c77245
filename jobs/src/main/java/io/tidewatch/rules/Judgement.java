package io.tidewatch.rules;

import io.tidewatch.alert.Figures;
import io.tidewatch.anomaly.Assessment;
import io.tidewatch.anomaly.ExpectedRange;

/**
 * What a condition says of one window.
 *
 * @param assessment the detector's; null if the condition did not ask it
 */
public record Judgement(Verdict verdict, Figures figures, Assessment assessment) {

  /** Whether the condition holds. */
  public enum Verdict {
    BREACH,
    /** As wrong as the window before: it goes on with a breach, and begins none. */
    CONTINUES,
    HEALTHY,
    /** Too little is known to say. */
    UNKNOWN
  }

  static Judgement unknown(double value) {
    return new Judgement(Verdict.UNKNOWN, new Figures(value, null, null), null);
  }

  static Judgement of(boolean breach, Figures figures) {
    return new Judgement(breach ? Verdict.BREACH : Verdict.HEALTHY, figures, null);
  }

  static Judgement of(Verdict verdict, Assessment assessment) {
    ExpectedRange range = assessment.expected();
    Figures figures =
        assessment.isOfValue()
            ? new Figures(
                assessment.value(),
                range.middle(),
                assessment.value() > range.middle() ? range.high() : range.low())
            : new Figures(assessment.value(), null, null);
    return new Judgement(verdict, figures, assessment);
  }

  public boolean isBreach() {
    return verdict == Verdict.BREACH;
  }

  /** The least that would have been no breach; null if nothing is too little. */
  Double low() {
    if (hasRange()) {
      return assessment.expected().low();
    }
    return isAboveThreshold() ? null : figures.threshold();
  }

  /** The most that would have been no breach; null if nothing is too much. */
  Double high() {
    if (hasRange()) {
      return assessment.expected().high();
    }
    return isAboveThreshold() ? figures.threshold() : null;
  }

  private boolean hasRange() {
    return assessment != null && assessment.isOfValue();
  }

  /** A value in breach is on the far side of the threshold. */
  private boolean isAboveThreshold() {
    return figures.threshold() != null && figures.value() > figures.threshold();
  }
}
