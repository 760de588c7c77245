package io.tidewatch.bench.pattern;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The alerts of a workload, by a plain loop over the windows of each series. */
final class Expected {

  private static final int SILENCE_OF_MINUTES = 60;
  private static final int SILENCE_OF_DAYS = 3;

  private final Workload workload;
  private final Set<String> alerts = new TreeSet<>();

  private Expected(Workload workload) {
    this.workload = workload;
  }

  static Set<String> of(Workload workload) {
    Expected expected = new Expected(workload);
    for (int series = 0; series < workload.series(); series++) {
      expected.play(series);
    }
    return expected.alerts;
  }

  /** An alert at one moment; what {@link CollectedAlerts} says of it. */
  static String line(String series, String event, long started, long updated) {
    return String.join("|", series, event, Long.toString(started), Long.toString(updated));
  }

  private void play(int series) {
    Row row = new Row(series);
    int last = -1;
    for (int round = 0; round < workload.rounds(); round++) {
      if (Scenario.isMissing(series, round)) {
        continue;
      }
      if (round - last > silence()) {
        row.silent(last + silence());
      }
      switch (workload.scenario()) {
        case BREACHES, STORMS -> row.level(round);
        case REVENUE -> row.revenue(round);
      }
      last = round;
    }
    row.silent(last + silence());
  }

  private int silence() {
    return workload.scenario() == Scenario.REVENUE ? SILENCE_OF_DAYS : SILENCE_OF_MINUTES;
  }

  /** One series. */
  private final class Row {

    private final int series;
    private final List<Integer> breaches = new ArrayList<>();
    private int firing = -1;

    private Row(int series) {
      this.series = series;
    }

    private void level(int round) {
      if (round < Scenario.CALM) {
        return;
      }
      if (!Scenario.isAbove(workload.scenario().value(series, round))) {
        normal(round);
        return;
      }
      breaches.add(round);
      int first = breaches.get(0);
      if (breaches.size() == RuleUnderTest.BREACHES && round - first < RuleUnderTest.WITHIN) {
        match(first, round);
      }
    }

    private void revenue(int round) {
      double value = workload.scenario().value(series, round);
      double before = at(round - 1);
      double lastWeek = at(round - 7);
      if (lastWeek >= RuleUnderTest.MINIMUM && value < RuleUnderTest.BELOW_RATIO * lastWeek) {
        breaches.clear();
        match(round, round);
      } else if (before >= RuleUnderTest.MINIMUM
          && value <= (1 - RuleUnderTest.DECLINE_BY) * before) {
        breaches.add(round);
        int first = breaches.size() - RuleUnderTest.BREACHES;
        if (first >= 0 && round - breaches.get(first) < RuleUnderTest.WITHIN) {
          match(breaches.get(first), round);
          breaches.clear();
        }
      } else if (!Double.isNaN(before) || !Double.isNaN(lastWeek)) {
        normal(round);
      }
    }

    private double at(int round) {
      return round < 0 || Scenario.isMissing(series, round)
          ? Double.NaN
          : workload.scenario().value(series, round);
    }

    private void match(int first, int last) {
      if (firing < 0) {
        firing = first;
        add("FIRING", last);
      }
    }

    private void normal(int round) {
      end("RECOVERED", round);
    }

    private void silent(int round) {
      end("NO_DATA", round);
    }

    private void end(String how, int round) {
      if (firing >= 0) {
        add(how, round);
        firing = -1;
      }
      breaches.clear();
    }

    private void add(String event, int round) {
      alerts.add(line(Workload.nameOf(series), event, workload.end(firing), workload.end(round)));
    }
  }
}
