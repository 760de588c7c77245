package io.tidewatch.rules;

import io.tidewatch.alert.Figures;

/** What a condition says of one window. */
public record Judgement(Verdict verdict, Figures figures) {

  /** Whether the condition holds. */
  public enum Verdict {
    BREACH,
    HEALTHY,
    /** Too little is known to say. */
    UNKNOWN
  }

  static Judgement unknown(double value) {
    return new Judgement(Verdict.UNKNOWN, new Figures(value, null, null));
  }

  static Judgement of(boolean breach, Figures figures) {
    return new Judgement(breach ? Verdict.BREACH : Verdict.HEALTHY, figures);
  }

  public boolean isBreach() {
    return verdict == Verdict.BREACH;
  }
}
