package io.tidewatch.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.alert.AlertProfile;
import io.tidewatch.alert.Severity;
import io.tidewatch.config.Problem;
import io.tidewatch.config.Problems;
import io.tidewatch.metrics.TestMetrics;
import io.tidewatch.rules.WindowCondition.Absent;
import io.tidewatch.rules.WindowCondition.AtVolume;
import io.tidewatch.rules.WindowCondition.Deviation;
import io.tidewatch.rules.WindowCondition.Limit;
import io.tidewatch.rules.WindowCondition.Side;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RuleCatalogueTest {

  @Test
  void readsAMetricRule() {
    MetricRule rule =
        TestRules.rule(
            MetricRule.class,
            "metric: api_requests",
            "window: 1h",
            "by: [endpoint]",
            "condition: {baseline: {of: same_hour, days: 14, below_ratio: 0.7,"
                + " minimum_samples: 50}}",
            "for: 2",
            "resolve_after: 3",
            "missing: zero",
            "notify: [marketing, sales]",
            "actions: [email]",
            "runbook: docs/runbooks/usage.md");
    assertThat(rule.profile())
        .isEqualTo(
            new AlertProfile(
                "watched",
                "",
                Severity.HIGH,
                List.of("marketing", "sales"),
                List.of("email"),
                "docs/runbooks/usage.md"));
    assertThat(rule.by()).isEqualTo(Set.of("endpoint"));
    assertThat(rule.condition())
        .isEqualTo(
            new AtVolume(50, new Deviation(Side.BELOW, Reference.SAME_HOUR, 14, 3, 0.7, null)));
    assertThat(rule.breachesToFire()).isEqualTo(2);
    assertThat(rule.healthyToResolve()).isEqualTo(3);
    assertThat(rule.missingIsZero()).isTrue();
    assertThat(rule.early()).isFalse();
  }

  @Test
  void readsEachCondition() {
    assertThat(condition("{above: 0.05, minimum_samples: 9}"))
        .isEqualTo(new AtVolume(9, new Limit(Side.ABOVE, 0.05)));
    assertThat(condition("{below: 99}")).isEqualTo(new Limit(Side.BELOW, 99));
    assertThat(condition("{change: {below_ratio: 0.85}}"))
        .isEqualTo(new Deviation(Side.BELOW, Reference.PREVIOUS, 1, 1, 0.85, null));
    assertThat(condition("{baseline: {of: same_weekday_hour, above_ratio: 2, above_by: 100}}"))
        .isEqualTo(new Deviation(Side.ABOVE, Reference.SAME_WEEKDAY_HOUR, 28, 3, 2.0, 100.0));
    assertThat(condition("{absent: 3h}")).isEqualTo(new Absent(Duration.ofHours(3)));
  }

  @Test
  void readsEventRules() {
    EventRule rule =
        TestRules.rule(
            EventRule.class,
            "event: {type: payment.failed, where: {failure_code: expired_card}, by:"
                + " [customer_id]}");
    assertThat(rule.events().types()).containsExactly("payment.failed");
    assertThat(rule.where()).hasSize(1);
    assertThat(rule.by()).containsExactly("customer_id");
    assertThat(rule.watchesAbsence()).isFalse();

    EventRule absence =
        TestRules.rule(
            EventRule.class,
            "event: {type: service.heartbeat, by: [service]}",
            "condition: {absent: 2m}");
    assertThat(absence.absentAfter()).isEqualTo(Duration.ofMinutes(2));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "api_requests | 1h | above: 10",
        "budget_spent_ratio | 1d | above: 1.1",
      })
  void anEarlyRuleWatchesWhatOnlyGrows(String metric, String window, String condition) {
    MetricRule rule =
        TestRules.rule(
            MetricRule.class,
            "metric: " + metric,
            "window: " + window,
            "condition: {" + condition + "}",
            "early: true");
    assertThat(rule.early()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "response_time_avg | 1h | above: 9 | may fall while a window is open",
        "net_revenue | 1d | above: 9 | may fall while a window is open",
        "api_requests | 1h | below: 9 | goes with the condition 'above' alone",
      })
  void refusesAnEarlyRuleOnWhatMayMend(
      String metric, String window, String condition, String reason) {
    assertThat(
            problems(
                TestRules.yaml(
                    "metric: " + metric,
                    "window: " + window,
                    "condition: {" + condition + "}",
                    "early: true")))
        .singleElement()
        .satisfies(problem -> assertThat(problem.message()).contains(reason));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1m", "7d"})
  void refusesAnEarlyRuleOnWindowsWithoutRowsWhileTheyAreOpen(String window) {
    assertThat(
            problems(
                TestRules.yaml(
                    "metric: api_requests",
                    "window: " + window,
                    "condition: {above: 10}",
                    "early: true")))
        .extracting(Problem::toString)
        .containsExactly(
            "alerts.yaml:6: [0].early: 'early' goes with windows of 1h and 1d alone; of others"
                + " nothing is known before their end");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "for: 2 | goes with 'for: 1' alone",
        "resolve_after: 2 | goes with 'resolve_after: 1' alone",
      })
  void refusesAnEarlyRuleThatCountsWindows(String option, String reason) {
    assertThat(
            problems(
                TestRules.yaml(
                    "metric: api_requests",
                    "window: 1h",
                    "condition: {above: 10}",
                    "early: true",
                    option)))
        .singleElement()
        .satisfies(problem -> assertThat(problem.path()).isEqualTo("[0].early"))
        .satisfies(problem -> assertThat(problem.message()).contains(reason));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "for: 2 | it says itself for how long nothing may come",
        "resolve_after: 2 | it is over with the first window that comes",
        "missing: zero | a window that counts as 0 is not absent",
      })
  void refusesARuleOnAbsenceWithWhatCountsWindows(String option, String reason) {
    String key = option.substring(0, option.indexOf(':'));
    assertThat(
            problems(
                TestRules.yaml(
                    "metric: api_requests", "window: 1m", "condition: {absent: 10m}", option)))
        .extracting(Problem::toString)
        .containsExactly(
            "alerts.yaml:6: [0].%s: '%s' does not go with 'absent': %s"
                .formatted(key, key, reason));
  }

  /** They say what goes without saying. */
  @Test
  void takesTheDefaultsOfARuleOnAbsence() {
    assertThat(
            problems(
                TestRules.yaml(
                    "metric: api_requests",
                    "window: 1m",
                    "condition: {absent: 10m}",
                    "for: 1",
                    "resolve_after: 1")))
        .isEmpty();
  }

  @Test
  void refusesToTakeWindowsForZeroThatAreOnlySettling() {
    assertThat(
            problems(
                TestRules.yaml(
                    "metric: at_risk_customers",
                    "window: 1d",
                    "condition: {above: 10}",
                    "missing: zero")))
        .extracting(Problem::toString)
        .containsExactly(
            "alerts.yaml:6: [0].missing: 'missing: zero' does not go with at_risk_customers, which"
                + " settles only after its window's end");
  }

  @Test
  void refusesARuleOnAbsenceOfFewEvents() {
    assertThat(
            problems(
                TestRules.yaml(
                    "metric: api_requests",
                    "window: 1m",
                    "condition: {absent: 10m, minimum_samples: 20}")))
        .extracting(Problem::toString)
        .containsExactly(
            "alerts.yaml:5: [0].condition.minimum_samples: 'minimum_samples' does not go with"
                + " 'absent'");
  }

  @Test
  void namesEveryMistakeWithItsLine() {
    assertThat(
            problems(
                """
                - name: Too Loud
                  metric: api_request
                  window: 1m
                  condition: {above: much}
                  severity: hihg
                - name: two_kinds
                  metric: api_requests
                  event: {type: payment.failed}
                  severity: low
                - name: two_conditions
                  metric: api_requests
                  window: 5m
                  by: [country]
                  condition: {above: 5, below: 3}
                  severity: low
                - name: two_conditions
                  event: {type: payment.faild}
                  severity: low
                  notfy: [me]
                - name: strange_ratio
                  metric: api_requests
                  window: 1h
                  condition: {baseline: {of: same_hours, days: 3, below_ratio: 1.5}}
                  for: 0
                  severity: low
                """))
        .extracting(problem -> problem.line() + " " + problem.message())
        .containsExactlyInAnyOrder(
            "1 expected a name of lower-case letters, digits and '_', not 'Too Loud'",
            "2 there is no metric 'api_request' in metrics.yaml; did you mean 'api_requests'?",
            "4 expected a number, not 'much'",
            "5 expected one of low, medium, high, critical, not 'hihg'; did you mean 'high'?",
            "6 expected either 'metric' or 'event'",
            "12 expected one of 1m, 1h, 1d, 7d, not '5m'",
            "13 api_requests is not kept by [country], but by [endpoint]",
            "14 expected one of above, below, change, baseline, anomaly, absent, not above and below",
            "16 there are two rules 'two_conditions'",
            "17 unknown event type 'payment.faild'; did you mean 'payment.failed'?",
            "19 unknown key 'notfy'; did you mean 'notify'?",
            "23 expected one of same_hour, same_weekday_hour, not 'same_hours'; did you mean"
                + " 'same_hour'?",
            "23 a ratio says how many times the usual: above_ratio ≥ 1 ≥ below_ratio",
            "24 expected a whole number from 1 to 1000, not '0'");
  }

  @Test
  void withoutAFileThereAreNoRules() {
    Problems problems = new Problems();
    assertThat(
            RuleCatalogue.load(
                    Path.of("no", "such", "alerts.yaml"),
                    TestMetrics.catalogue("[]"),
                    Set.of(),
                    BusinessCalendar.EMPTY,
                    problems)
                .rules())
        .isEmpty();
    problems.throwIfAny();
  }

  private static WindowCondition condition(String yaml) {
    return TestRules.rule(
            MetricRule.class, "metric: api_requests", "window: 1h", "condition: " + yaml)
        .condition();
  }

  private static List<Problem> problems(String yaml) {
    Problems problems = new Problems();
    TestRules.load(yaml, problems);
    return problems.list();
  }
}
