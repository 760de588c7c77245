package io.tidewatch.bench.pattern;

import io.tidewatch.alert.AlertProfile;
import io.tidewatch.alert.Severity;
import io.tidewatch.metrics.Unit;
import io.tidewatch.pattern.MetricSpike;
import io.tidewatch.pattern.RevenueDrop;
import io.tidewatch.pattern.WindowPatternParameters;
import io.tidewatch.rules.Holidays;
import io.tidewatch.rules.WatchedSeries;
import io.tidewatch.rules.WindowPatternRule;
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
  static final double DECLINE_BY = 0.01;
  static final double BELOW_RATIO = 0.4;
  static final double MINIMUM = 50;

  private static final double SPIKE_RATIO = 2;
  private static final int USUAL_OF = 30;

  private RuleUnderTest() {}

  static WindowPatternRule of(Workload workload) {
    WindowPatternParameters parameters = parameters(workload);
    Unit unit = workload.scenario() == Scenario.REVENUE ? Unit.CURRENCY : Unit.COUNT;
    return new WindowPatternRule(
        new AlertProfile(
            "measured", parameters.pattern(), Severity.LOW, List.of("nobody"), List.of(), ""),
        new WatchedSeries(workload.metric(), unit, workload.label(), Set.of("shop")),
        false,
        Holidays.NONE,
        parameters);
  }

  private static WindowPatternParameters parameters(Workload workload) {
    Duration within = workload.scenario().window().multipliedBy(WITHIN);
    return workload.scenario() == Scenario.REVENUE
        ? new RevenueDrop.Parameters(BREACHES, DECLINE_BY, BELOW_RATIO, MINIMUM, within)
        : new MetricSpike.Parameters(BREACHES, SPIKE_RATIO, 0, USUAL_OF, Scenario.CALM, within);
  }
}
