package io.tidewatch.bench.pattern;

import io.tidewatch.alert.AlertProfile;
import io.tidewatch.alert.Severity;
import io.tidewatch.metrics.Unit;
import io.tidewatch.pattern.MetricSpike;
import io.tidewatch.pattern.RevenueDrop;
import io.tidewatch.pattern.WatchedMetric;
import io.tidewatch.pattern.WindowPattern;
import io.tidewatch.rules.MetricWording;
import io.tidewatch.rules.PatternRule;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;

/** The rules that are measured; limits are in rounds. */
final class RuleUnderTest {

  static final ZoneId ZONE = ZoneOffset.UTC;
  static final int BREACHES = 3;
  static final int WITHIN = 10;
  static final double DECLINE_BY = 0.1;
  static final double BELOW_RATIO = 0.7;
  static final double MINIMUM = 50;

  private static final double SPIKE_RATIO = 2;
  private static final int USUAL_OF = 30;

  private RuleUnderTest() {}

  static PatternRule of(Workload workload) {
    return new PatternRule(workload.metric(), workload.label(), Set.of("shop"), pattern(workload));
  }

  private static WindowPattern pattern(Workload workload) {
    Duration within = workload.scenario().window().multipliedBy(WITHIN);
    return workload.scenario() == Scenario.REVENUE
        ? new RevenueDrop(
            profile(RevenueDrop.NAME),
            watched(workload, Unit.CURRENCY),
            new RevenueDrop.Parameters(BREACHES, DECLINE_BY, BELOW_RATIO, MINIMUM, within))
        : new MetricSpike(
            profile(MetricSpike.NAME),
            watched(workload, Unit.COUNT),
            new MetricSpike.Parameters(BREACHES, SPIKE_RATIO, 0, USUAL_OF, Scenario.CALM, within));
  }

  private static WatchedMetric watched(Workload workload, Unit unit) {
    return new WatchedMetric(workload.metric(), workload.label(), new MetricWording(unit, ZONE));
  }

  private static AlertProfile profile(String pattern) {
    return new AlertProfile("measured", pattern, Severity.LOW, List.of("nobody"), List.of(), "");
  }
}
