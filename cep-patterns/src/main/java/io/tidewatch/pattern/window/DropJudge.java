package io.tidewatch.pattern.window;

import java.time.Duration;

/**
 * Finds windows that are less than the one just before, or than the same time last week.
 *
 * <p>A window with neither before it is not judged.
 */
public final class DropJudge implements WindowJudge {

  /** A week, and a day for a rule that looks at days and for the change of clocks. */
  private static final Duration MEMORY = Duration.ofDays(8);

  private final double declineBy;
  private final double belowRatio;
  private final double minimum;

  /**
   * @param declineBy the part of the window before by which it is less, at least
   * @param belowRatio the part of last week's value that it falls below
   * @param minimum what is compared with less than this has not dropped
   */
  public DropJudge(double declineBy, double belowRatio, double minimum) {
    this.declineBy = declineBy;
    this.belowRatio = belowRatio;
    this.minimum = minimum;
  }

  @Override
  public Judgement judge(SeriesWindow window, SeriesPast past) {
    double value = window.value();
    double[] remembered = {value};
    Double lastWeek = past.lastWeek();
    if (lastWeek != null && lastWeek >= minimum && value < belowRatio * lastWeek) {
      return new Judgement(Finding.FALLEN, lastWeek, belowRatio * lastWeek, remembered);
    }
    boolean follows = past.values().length == 1 && past.judgedUntil() == window.start();
    if (follows) {
      double before = past.values()[0];
      double limit = (1 - declineBy) * before;
      boolean declined = before >= minimum && value <= limit;
      return new Judgement(declined ? Finding.DECLINED : Finding.NORMAL, before, limit, remembered);
    }
    return lastWeek == null
        ? Judgement.unknown(remembered)
        : new Judgement(Finding.NORMAL, lastWeek, belowRatio * lastWeek, remembered);
  }

  @Override
  public Judgement skip(SeriesPast past) {
    return Judgement.unknown(new double[0]);
  }

  @Override
  public boolean asksForLastWeek() {
    return true;
  }

  @Override
  public Duration memory(SeriesWindow last) {
    return MEMORY;
  }
}
