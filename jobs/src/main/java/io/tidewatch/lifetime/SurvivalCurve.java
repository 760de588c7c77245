package io.tidewatch.lifetime;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;

/**
 * The share of customers that stay, by months: the product-limit estimate (E. Kaplan and P. Meier,
 * "Nonparametric estimation from incomplete observations", 1958).
 *
 * <p>Beyond the last observation the estimate is undefined; from there the curve goes on as the
 * exponential through its last point (B. Brown, M. Hollander and R. Korwar, 1974).
 *
 * @param steps where customers left, in the order of time
 * @param observedMonths the longest observation
 */
public record SurvivalCurve(List<Step> steps, double observedMonths) {

  private static final double NORMAL_95 = 1.959963984540054;

  /**
   * A time when customers left.
   *
   * @param atRisk customers still observed just before it
   * @param left how many of them left
   */
  public record Step(double months, long atRisk, long left) {
    double staying() {
      return 1 - (double) left / atRisk;
    }

    /** This time's part of Greenwood's sum; 0 where nobody stayed, as nothing follows then. */
    double greenwood() {
      return atRisk == left ? 0 : (double) left / ((double) atRisk * (atRisk - left));
    }
  }

  /**
   * The estimate. Of customers who left and who were last seen at the same time, those who left did
   * so first.
   *
   * @param observations at least one
   */
  public static SurvivalCurve of(Collection<Observation> observations) {
    TreeMap<Double, long[]> byTime = new TreeMap<>(Comparator.naturalOrder());
    for (Observation observation : observations) {
      long[] counts = byTime.computeIfAbsent(observation.months(), time -> new long[2]);
      counts[0]++;
      counts[1] += observation.left() ? 1 : 0;
    }
    List<Step> steps = new ArrayList<>();
    long atRisk = observations.size();
    for (var entry : byTime.entrySet()) {
      long left = entry.getValue()[1];
      if (left > 0) {
        steps.add(new Step(entry.getKey(), atRisk, left));
      }
      atRisk -= entry.getValue()[0];
    }
    return new SurvivalCurve(List.copyOf(steps), byTime.lastKey());
  }

  /** The share that stays longer than that. */
  public double survival(double months) {
    double survival = 1;
    for (Step step : steps) {
      if (step.months() <= months) {
        survival *= step.staying();
      }
    }
    return months <= observedMonths
        ? survival
        : survival * Math.exp(-tailHazard() * (months - observedMonths));
  }

  /**
   * The mean time that customers stay within a horizon, the area under the curve, with its 95 %
   * interval by Greenwood's formula:
   *
   * <pre>variance = Σ (area after the step)² × left ÷ (at risk × (at risk − left))</pre>
   *
   * <p>The tail beyond the observations counts as known in the interval.
   *
   * @param horizon months
   */
  public Estimate restrictedMean(double horizon) {
    double variance = 0;
    for (Step step : steps) {
      if (step.months() < horizon) {
        double after = area(step.months(), horizon);
        variance += after * after * step.greenwood();
      }
    }
    double mean = area(0, horizon);
    double margin = NORMAL_95 * Math.sqrt(variance);
    return new Estimate(mean, Math.max(0, mean - margin), Math.min(horizon, mean + margin));
  }

  private double area(double from, double to) {
    double area = 0;
    double survival = 1;
    double reached = from;
    for (Step step : steps) {
      if (step.months() >= Math.min(to, observedMonths)) {
        break;
      }
      if (step.months() > from) {
        area += survival * (step.months() - reached);
        reached = step.months();
      }
      survival *= step.staying();
    }
    double observedTo = Math.max(reached, Math.min(to, observedMonths));
    area += survival * (observedTo - reached);
    return area + tail(Math.max(from, observedMonths), to);
  }

  private double tail(double from, double to) {
    if (to <= from) {
      return 0;
    }
    double hazard = tailHazard();
    double atStart = survival(from);
    return hazard == 0
        ? atStart * (to - from)
        : atStart * (1 - Math.exp(-hazard * (to - from))) / hazard;
  }

  /** Of the exponential through 1 at the beginning and the curve's last point. */
  private double tailHazard() {
    double last = survival(observedMonths);
    return last == 0 ? 0 : -Math.log(last) / observedMonths;
  }
}
