package io.tidewatch.rules;

import io.tidewatch.alert.Figures;
import io.tidewatch.anomaly.Assessment;
import io.tidewatch.metric.MetricWindow;
import io.tidewatch.rules.Judgement.Verdict;
import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Objects;

/** What must not be true of a metric's windows. */
public sealed interface WindowCondition extends Serializable {

  /**
   * Judges a window by itself and by what the series was before it.
   *
   * @param zone whose days and hours are compared
   */
  Judgement judge(MetricWindow window, WindowHistory history, ZoneId zone);

  /** How far back it looks; zero if it judges windows by themselves. */
  default Duration memory() {
    return Duration.ZERO;
  }

  /** How long what is known of a series is of use to it when the series falls silent. */
  default Duration lifetime() {
    return memory();
  }

  /** Whether it wants the detector to assess a window, and to learn from it. */
  default boolean asksDetectorOf(MetricWindow window, ZoneId zone) {
    return false;
  }

  /** Whether a value that is in breach stays so however much is added to it. */
  default boolean isUpperLimit() {
    return false;
  }

  /** Judges windows of so many events or more. */
  record AtVolume(long minimumSamples, WindowCondition condition) implements WindowCondition {
    @Override
    public Judgement judge(MetricWindow window, WindowHistory history, ZoneId zone) {
      return window.samples() < minimumSamples
          ? Judgement.unknown(window.value())
          : condition.judge(window, history, zone);
    }

    @Override
    public Duration memory() {
      return condition.memory();
    }

    @Override
    public Duration lifetime() {
      return condition.lifetime();
    }

    @Override
    public boolean asksDetectorOf(MetricWindow window, ZoneId zone) {
      return condition.asksDetectorOf(window, zone);
    }

    @Override
    public boolean isUpperLimit() {
      return condition.isUpperLimit();
    }
  }

  /** Neither judges windows of holidays nor learns from them what is usual. */
  record OffHolidays(Holidays holidays, WindowCondition condition) implements WindowCondition {
    @Override
    public Judgement judge(MetricWindow window, WindowHistory history, ZoneId zone) {
      return holidays.haveWindowUntil(window.windowEnd(), zone)
          ? Judgement.unknown(window.value())
          : condition.judge(window, new WorkingDays(holidays, history, zone), zone);
    }

    private record WorkingDays(Holidays holidays, WindowHistory all, ZoneId zone)
        implements WindowHistory {
      @Override
      public Double valueAt(long end) {
        return holidays.haveWindowUntil(Instant.ofEpochMilli(end), zone) ? null : all.valueAt(end);
      }

      @Override
      public Assessment assessment() {
        return all.assessment();
      }
    }

    @Override
    public Duration memory() {
      return condition.memory();
    }

    @Override
    public Duration lifetime() {
      return condition.lifetime();
    }

    @Override
    public boolean asksDetectorOf(MetricWindow window, ZoneId zone) {
      return !holidays.haveWindowUntil(window.windowEnd(), zone)
          && condition.asksDetectorOf(window, zone);
    }

    @Override
    public boolean isUpperLimit() {
      return condition.isUpperLimit();
    }
  }

  /** The value is beyond a fixed limit. */
  record Limit(Side side, double limit) implements WindowCondition {
    @Override
    public Judgement judge(MetricWindow window, WindowHistory history, ZoneId zone) {
      return Judgement.of(
          side.isBeyond(window.value(), limit), new Figures(window.value(), null, limit));
    }

    @Override
    public boolean isUpperLimit() {
      return side == Side.ABOVE;
    }
  }

  /**
   * The value is far from what is usual, the median of the reference's windows.
   *
   * @param days how far back the reference looks
   * @param minimumHistory windows of the reference that there must be
   * @param ratio the threshold is this many times the usual; null for none
   * @param distance the threshold is this far from the usual, in the metric's unit; null for none.
   *     Where both are given, the value must be beyond both.
   */
  record Deviation(
      Side side, Reference reference, int days, int minimumHistory, Double ratio, Double distance)
      implements WindowCondition {

    @Override
    public Judgement judge(MetricWindow window, WindowHistory history, ZoneId zone) {
      double[] earlier =
          reference
              .ends(window, days, zone)
              .mapToObj(history::valueAt)
              .filter(Objects::nonNull)
              .mapToDouble(Double::doubleValue)
              .sorted()
              .toArray();
      if (earlier.length < minimumHistory) {
        return Judgement.unknown(window.value());
      }
      double usual = medianOfSorted(earlier);
      if (distance == null && usual <= 0) {
        // no multiple of nothing is a limit
        return Judgement.unknown(window.value());
      }
      double threshold = threshold(usual);
      return Judgement.of(
          side.isBeyond(window.value(), threshold), new Figures(window.value(), usual, threshold));
    }

    @Override
    public Duration memory() {
      return Duration.ofDays(reference == Reference.PREVIOUS ? 2 : days + 1L);
    }

    private double threshold(double usual) {
      Double byRatio = ratio == null ? null : usual * ratio;
      Double byDistance = distance == null ? null : usual + side.sign() * distance;
      if (byRatio == null || byDistance == null) {
        return byRatio == null ? byDistance : byRatio;
      }
      return side == Side.ABOVE ? Math.max(byRatio, byDistance) : Math.min(byRatio, byDistance);
    }

    private static double medianOfSorted(double[] values) {
      int middle = values.length / 2;
      return values.length % 2 == 1
          ? values[middle]
          : Arrays.stream(values, middle - 1, middle + 1).average().orElseThrow();
    }
  }

  /**
   * The detector finds it odd. A window that is odd like the one before goes on with an alert, and
   * begins none.
   *
   * @param side the only one that is wrong; null for both
   */
  record Anomaly(Side side) implements WindowCondition {

    /** Before, a weekend would be news. */
    private static final Duration MINIMUM_HISTORY = Duration.ofDays(14);

    private static final Duration LIFETIME = Duration.ofDays(35);

    @Override
    public Judgement judge(MetricWindow window, WindowHistory history, ZoneId zone) {
      Assessment assessment = history.assessment();
      if (assessment == null || assessment.history().compareTo(MINIMUM_HISTORY) < 0) {
        return Judgement.unknown(window.value());
      }
      boolean isOnSide =
          side == null || side.isBeyond(assessment.figure(), assessment.expected().middle());
      if (!isOnSide || assessment.isExpected() && !assessment.isAlarm()) {
        return Judgement.of(Verdict.HEALTHY, assessment);
      }
      return Judgement.of(assessment.isAlarm() ? Verdict.BREACH : Verdict.CONTINUES, assessment);
    }

    @Override
    public Duration lifetime() {
      return LIFETIME;
    }

    @Override
    public boolean asksDetectorOf(MetricWindow window, ZoneId zone) {
      return true;
    }
  }

  /** No window came for so long after the end of the last one; each window itself is healthy. */
  record Absent(Duration after) implements WindowCondition {
    @Override
    public Judgement judge(MetricWindow window, WindowHistory history, ZoneId zone) {
      return Judgement.of(false, new Figures(window.value(), null, null));
    }
  }

  /** Which side of a threshold is wrong. */
  enum Side {
    ABOVE,
    BELOW;

    boolean isBeyond(double value, double threshold) {
      return this == ABOVE ? value > threshold : value < threshold;
    }

    int sign() {
      return this == ABOVE ? 1 : -1;
    }
  }
}
