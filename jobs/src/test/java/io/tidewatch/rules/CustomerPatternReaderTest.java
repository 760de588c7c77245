package io.tidewatch.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.config.Problems;
import io.tidewatch.pattern.customer.AtRiskTransition;
import io.tidewatch.pattern.customer.ChurnPrecursor;
import io.tidewatch.pattern.customer.CustomerPatternParameters;
import io.tidewatch.pattern.customer.DunningUnrecovered;
import io.tidewatch.pattern.customer.OnboardingStall;
import io.tidewatch.pattern.customer.PaymentFailureStreak;
import io.tidewatch.pattern.customer.TrialGoingCold;
import java.time.Duration;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class CustomerPatternReaderTest {

  @Test
  void readsEachPattern() {
    assertThat(
            parameters("at-risk-transition", "{healthy_from: 80, critical_below: 40, within: 10d}"))
        .isEqualTo(new AtRiskTransition.Parameters(80, 40, Duration.ofDays(10)));
    assertThat(parameters("payment-failure-streak", "{failures: 4, within: 10d}"))
        .isEqualTo(new PaymentFailureStreak.Parameters(4, Duration.ofDays(10)));
    assertThat(parameters("dunning-unrecovered", "{within: 48h}"))
        .isEqualTo(new DunningUnrecovered.Parameters(Duration.ofDays(2)));
    assertThat(
            parameters(
                "churn-precursor", "{troubles: 2, usage_points: 10, healthy_from: 60, within: 7d}"))
        .isEqualTo(new ChurnPrecursor.Parameters(2, 10, 60, Duration.ofDays(7)));
    assertThat(parameters("onboarding-stall", "{within: 5d}"))
        .isEqualTo(new OnboardingStall.Parameters(Duration.ofDays(5)));
    assertThat(parameters("trial-going-cold", "{quiet_days: 5, within: 14d}"))
        .isEqualTo(new TrialGoingCold.Parameters(5, Duration.ofDays(14)));
  }

  @Test
  void parametersNeedNotBeSaid() {
    assertThat(parameters("at-risk-transition", "{}"))
        .isEqualTo(new AtRiskTransition.Parameters(70, 50, Duration.ofDays(14)));
    assertThat(parameters("payment-failure-streak", "{}"))
        .isEqualTo(new PaymentFailureStreak.Parameters(3, Duration.ofDays(30)));
    assertThat(parameters("dunning-unrecovered", "{}"))
        .isEqualTo(new DunningUnrecovered.Parameters(Duration.ofDays(3)));
    assertThat(parameters("churn-precursor", "{}"))
        .isEqualTo(new ChurnPrecursor.Parameters(3, 15, 70, Duration.ofDays(14)));
    assertThat(parameters("onboarding-stall", "{}"))
        .isEqualTo(new OnboardingStall.Parameters(Duration.ofDays(7)));
    assertThat(parameters("trial-going-cold", "{}"))
        .isEqualTo(new TrialGoingCold.Parameters(3, Duration.ofDays(30)));
  }

  @Test
  void theRuleSaysWhoIsToldAndWhichPatternItIs() {
    CustomerPatternRule rule =
        TestRules.rule(
            CustomerPatternRule.class,
            "pattern: dunning-unrecovered",
            "parameters: {}",
            "notify: [finance]",
            "actions: [email]",
            "runbook: docs/runbooks/dunning.md");
    assertThat(rule.profile().pattern()).isEqualTo("dunning-unrecovered");
    assertThat(rule.profile().receivers()).containsExactly("finance");
    assertThat(rule.pattern(ZoneOffset.UTC).profile()).isEqualTo(rule.profile());
    assertThat(rule.pattern(ZoneOffset.UTC)).isInstanceOf(DunningUnrecovered.class);
  }

  @Test
  void namesEveryMistakeWithItsLine() {
    Problems problems = new Problems();
    TestRules.load(
        """
        - name: watches_a_metric
          pattern: dunning-unrecovered
          metric: api_requests
          parameters: {}
          severity: low
        - name: without_parameters
          pattern: onboarding-stall
          severity: low
        - name: strange_numbers
          pattern: payment-failure-streak
          parameters:
            failures: 1
            within: 100d
          severity: low
        - name: misspelt
          pattern: trial-going-cold
          parameters: {quiet_day: 3}
          severity: low
        - name: more_critical_than_healthy
          pattern: at-risk-transition
          parameters: {healthy_from: 60, critical_below: 61}
          severity: low
        - name: a_trial_shorter_than_its_quiet_days
          pattern: trial-going-cold
          parameters: {quiet_days: 5, within: 6d}
          severity: low
        """,
        problems);
    assertThat(problems.list())
        .extracting(problem -> problem.line() + " " + problem.message())
        .containsExactlyInAnyOrder(
            "3 unknown key 'metric'",
            "6 'parameters' is missing",
            "12 expected a whole number from 2 to 20, not '1'",
            "13 expected a duration from 60 s to 90 days, not 100 days",
            "17 unknown key 'quiet_day'; did you mean 'quiet_days'?",
            "21 expected a whole number from 1 to 60, not '61'",
            "25 expected a duration from 7 days to 90 days, not 6 days");
  }

  private static CustomerPatternParameters parameters(String pattern, String parameters) {
    return TestRules.rule(
            CustomerPatternRule.class, "pattern: " + pattern, "parameters: " + parameters)
        .parameters();
  }
}
