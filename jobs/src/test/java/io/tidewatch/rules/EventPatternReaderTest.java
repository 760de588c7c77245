package io.tidewatch.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.config.Problems;
import io.tidewatch.pattern.event.BruteForce;
import io.tidewatch.pattern.event.CampaignOverspend;
import io.tidewatch.pattern.event.EventPatternParameters;
import io.tidewatch.pattern.event.ServiceDown;
import io.tidewatch.pattern.event.ViralContent;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventPatternReaderTest {

  @Test
  void readsEachPattern() {
    assertThat(
            parameters("brute-force", "{failures: 5, within: 3m, of: [ip, user_id], quiet: 30m}"))
        .isEqualTo(
            new BruteForce.Parameters(
                5, Duration.ofMinutes(3), List.of("ip", "user_id"), Duration.ofMinutes(30)));
    assertThat(parameters("campaign-overspend", "{above_ratio: 1.25}"))
        .isEqualTo(new CampaignOverspend.Parameters(new BigDecimal("1.25")));
    assertThat(parameters("service-down", "{absent: 90s, services: [a], except: [b]}"))
        .isEqualTo(new ServiceDown.Parameters(Duration.ofSeconds(90), List.of("a"), List.of("b")));
    assertThat(parameters("viral-content", "{shares: 99, within: 30m}"))
        .isEqualTo(new ViralContent.Parameters(99, Duration.ofMinutes(30)));
  }

  @Test
  void parametersNeedNotBeSaid() {
    assertThat(parameters("brute-force", "{}"))
        .isEqualTo(
            new BruteForce.Parameters(
                10,
                Duration.ofMinutes(10),
                List.of("user_id", "customer_id", "ip"),
                Duration.ofHours(1)));
    assertThat(parameters("campaign-overspend", "{}"))
        .isEqualTo(new CampaignOverspend.Parameters(new BigDecimal("1.1")));
    assertThat(parameters("service-down", "{}"))
        .isEqualTo(new ServiceDown.Parameters(Duration.ofMinutes(2), List.of(), List.of()));
    assertThat(parameters("viral-content", "{}"))
        .isEqualTo(new ViralContent.Parameters(50, Duration.ofHours(1)));
  }

  @Test
  void namesEveryMistakeWithItsLine() {
    Problems problems = new Problems();
    TestRules.load(
        """
        - name: watches_a_metric
          pattern: service-down
          metric: api_requests
          parameters: {}
          severity: low
        - name: without_parameters
          pattern: viral-content
          severity: low
        - name: too_many
          pattern: viral-content
          parameters: {shares: 201}
          severity: low
        - name: misspelt
          pattern: brute-force
          parameters: {failure: 3}
          severity: low
        - name: too_long
          pattern: service-down
          parameters: {absent: 2d}
          severity: low
        """,
        problems);
    assertThat(problems.list())
        .extracting(problem -> problem.line() + " " + problem.message())
        .containsExactlyInAnyOrder(
            "3 unknown key 'metric'",
            "6 'parameters' is missing",
            "11 expected a whole number from 2 to 200, not '201'",
            "15 unknown key 'failure'; did you mean 'failures'?",
            "19 expected a duration from 1 s to 24 h, not 2 days");
  }

  private static EventPatternParameters parameters(String pattern, String parameters) {
    EventPatternRule rule =
        TestRules.rule(EventPatternRule.class, "pattern: " + pattern, "parameters: " + parameters);
    assertThat(rule.profile().pattern()).isEqualTo(pattern);
    assertThat(rule.pattern(ZoneOffset.UTC).profile()).isEqualTo(rule.profile());
    return rule.parameters();
  }
}
