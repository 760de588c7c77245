package io.tidewatch.pattern.window;

import java.time.Duration;
import java.util.Arrays;

/**
 * Finds windows above what is usual: the median of the last windows that were not above it.
 *
 * <p>What goes on for as many windows as make the usual has become usual: the judge then learns
 * anew, and says nothing until it has seen enough.
 */
public final class SpikeJudge implements WindowJudge {

  private static final Duration LEAST_MEMORY = Duration.ofDays(1);

  private final double ratio;
  private final double floor;
  private final int usualOf;
  private final int minimumHistory;

  /**
   * @param ratio so many times the usual is too much
   * @param floor nothing up to this is too much
   * @param usualOf how many windows make the usual
   * @param minimumHistory how many of them are enough to judge
   */
  public SpikeJudge(double ratio, double floor, int usualOf, int minimumHistory) {
    this.ratio = ratio;
    this.floor = floor;
    this.usualOf = usualOf;
    this.minimumHistory = minimumHistory;
  }

  @Override
  public Judgement judge(SeriesWindow window, SeriesPast past) {
    double[] normal = past.values();
    if (normal.length < minimumHistory) {
      return Judgement.unknown(with(normal, window.value()));
    }
    if (!isAbove(window.value(), normal)) {
      return Judgement.normal(with(normal, window.value()));
    }
    double usual = median(normal);
    double limit = Math.max(ratio * usual, floor);
    boolean hasBecomeUsual = past.breaches() + 1 >= usualOf;
    return new Judgement(Finding.ABOVE, usual, limit, hasBecomeUsual ? new double[0] : normal);
  }

  @Override
  public Judgement skip(SeriesPast past) {
    return Judgement.unknown(past.values());
  }

  @Override
  public boolean asksForLastWeek() {
    return false;
  }

  @Override
  public Duration memory(SeriesWindow last) {
    Duration learnt = Duration.ofMillis(last.length().toMillis() * usualOf);
    return learnt.compareTo(LEAST_MEMORY) > 0 ? learnt : LEAST_MEMORY;
  }

  /** Most windows are far from it, which is seen without sorting. */
  private boolean isAbove(double value, double[] normal) {
    return value > floor && !isMostlyUpTo(value, normal) && value > ratio * median(normal);
  }

  /** Whether it is up to the limit by more than half of the windows, and so by their median. */
  private boolean isMostlyUpTo(double value, double[] normal) {
    int upTo = 0;
    for (double usual : normal) {
      if (value <= ratio * usual) {
        upTo++;
      }
    }
    return 2 * upTo > normal.length;
  }

  private double[] with(double[] values, double value) {
    int kept = Math.min(values.length, usualOf - 1);
    double[] result = new double[kept + 1];
    System.arraycopy(values, values.length - kept, result, 0, kept);
    result[kept] = value;
    return result;
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
