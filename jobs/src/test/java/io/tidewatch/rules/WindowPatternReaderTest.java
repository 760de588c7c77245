package io.tidewatch.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.config.Problems;
import io.tidewatch.pattern.MetricSpike;
import io.tidewatch.pattern.RevenueDrop;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WindowPatternReaderTest {

  @Test
  void readsASpike() {
    WindowPatternRule rule =
        TestRules.rule(
            WindowPatternRule.class,
            "pattern: metric-spike",
            "metric: api_requests",
            "window: 1m",
            "by: [endpoint]",
            "parameters: {windows: 4, above_ratio: 2.5, above: 10, usual_of: 20,"
                + " minimum_history: 5, within: 10m}",
            "notify: [operations]");
    assertThat(rule.parameters())
        .isEqualTo(new MetricSpike.Parameters(4, 2.5, 10, 20, 5, Duration.ofMinutes(10)));
    assertThat(rule.profile().pattern()).isEqualTo("metric-spike");
    assertThat(rule.profile().receivers()).containsExactly("operations");
    assertThat(rule.missingIsZero()).isFalse();
    assertThat(rule.watched().by()).isEqualTo(Set.of("endpoint"));
    assertThat(rule.pattern(ZoneOffset.UTC)).isInstanceOf(MetricSpike.class);
  }

  @Test
  void readsADrop() {
    WindowPatternRule rule =
        TestRules.rule(
            WindowPatternRule.class,
            "pattern: revenue-drop",
            "metric: net_revenue",
            "window: 1d",
            "parameters: {declines: 4, decline_by: 0.05, below_ratio: 0.8, minimum: 100,"
                + " within: 6d}",
            "missing: zero");
    assertThat(rule.missingIsZero()).isTrue();
    assertThat(rule.parameters())
        .isEqualTo(new RevenueDrop.Parameters(4, 0.05, 0.8, 100, Duration.ofDays(6)));
    assertThat(rule.pattern(ZoneOffset.UTC)).isInstanceOf(RevenueDrop.class);
  }

  @Test
  void mostParametersNeedNotBeSaid() {
    assertThat(
            TestRules.rule(
                    WindowPatternRule.class,
                    "pattern: metric-spike",
                    "metric: api_requests",
                    "window: 1m",
                    "parameters: {above: 10}")
                .parameters())
        .isEqualTo(new MetricSpike.Parameters(3, 2, 10, 30, 10, Duration.ofMinutes(6)));
    assertThat(
            TestRules.rule(
                    WindowPatternRule.class,
                    "pattern: revenue-drop",
                    "metric: net_revenue",
                    "window: 1d",
                    "parameters: {minimum: 100}")
                .parameters())
        .isEqualTo(new RevenueDrop.Parameters(3, 0.1, 0.7, 100, Duration.ofDays(6)));
  }

  /** Such a rule would never fire. */
  @Test
  void refusesMetricsThatSettleAfterTheEndOfTheirWindows() {
    Problems problems = new Problems();
    TestRules.load(
        """
        - name: at_risk_spike
          pattern: metric-spike
          metric: at_risk_customers
          window: 1d
          parameters: {}
          severity: high
        """,
        problems);
    assertThat(problems.list())
        .extracting(problem -> problem.line() + " " + problem.message())
        .containsExactly(
            "3 a pattern looks at windows as they end, and at_risk_customers settles only after"
                + " that; a rule with a condition may watch it");
  }

  @Test
  void namesEveryMistakeWithItsLine() {
    Problems problems = new Problems();
    TestRules.load(
        """
        - name: unknown_pattern
          pattern: metric-spikes
          metric: api_requests
          window: 1m
          parameters: {}
          severity: low
        - name: without_metric
          pattern: metric-spike
          window: 1m
          parameters: {}
          severity: low
        - name: rolling
          pattern: metric-spike
          metric: api_requests
          window: 7d
          parameters: {}
          severity: low
        - name: without_parameters
          pattern: metric-spike
          metric: api_requests
          window: 1m
          severity: low
        - name: strange_numbers
          pattern: metric-spike
          metric: api_requests
          window: 1m
          parameters:
            windows: 0
            above_ratio: 0.5
            above: -1
            usual_of: 5
            minimum_history: 6
            within: 1m
          severity: low
        - name: condition_too
          pattern: metric-spike
          metric: api_requests
          window: 1m
          condition: {above: 5}
          parameters: {window: 3}
          severity: low
        - name: short_drop
          pattern: revenue-drop
          metric: api_requests
          window: 1m
          parameters: {minimum: 1}
          severity: low
        - name: drop_of_nothing
          pattern: revenue-drop
          metric: net_revenue
          window: 1d
          parameters: {decline_by: 2}
          severity: low
        """,
        problems);
    assertThat(problems.list())
        .extracting(problem -> problem.line() + " " + problem.message())
        .containsExactlyInAnyOrder(
            "2 expected one of metric-spike, revenue-drop, brute-force, campaign-overspend,"
                + " service-down, viral-content, at-risk-transition, payment-failure-streak, dunning-unrecovered, churn-precursor, onboarding-stall,"
                + " trial-going-cold, not 'metric-spikes'; did you mean 'metric-spike'?",
            "7 'metric' is missing",
            "15 a pattern looks at windows that follow each other, not at rolling ones",
            "18 'parameters' is missing",
            "28 expected a whole number from 1 to 100, not '0'",
            "29 expected a number of at least 1, not 0.5",
            "30 expected a number of at least 0, not -1",
            "32 expected a whole number from 1 to 5, not '6'",
            "33 expected more than 2 min, which lie between the first of 3 windows and the last",
            "39 unknown key 'condition'",
            "40 unknown key 'window'; did you mean 'windows'?",
            "45 revenue-drop remembers a week and goes with windows of 1h and longer",
            "52 'minimum' is missing",
            "52 expected a number from 0.001 to 1, not 2");
  }
}
