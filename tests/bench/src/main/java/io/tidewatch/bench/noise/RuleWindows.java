package io.tidewatch.bench.noise;

import io.tidewatch.metrics.WindowSize;
import io.tidewatch.pattern.event.BruteForce;
import io.tidewatch.pattern.event.CampaignOverspend;
import io.tidewatch.pattern.event.EventPatternParameters;
import io.tidewatch.pattern.event.ServiceDown;
import io.tidewatch.pattern.event.ViralContent;
import io.tidewatch.rules.CustomerPatternRule;
import io.tidewatch.rules.EventPatternRule;
import io.tidewatch.rules.MetricRule;
import io.tidewatch.rules.Rule;
import io.tidewatch.rules.RuleCatalogue;
import io.tidewatch.rules.WindowPatternRule;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a rule looks at, at a time: the window of its metric, the time within which its pattern must
 * come about, the day by which customers are scored; a minute for a rule that fires at once.
 */
final class RuleWindows {

  private static final Duration DAY = Duration.ofDays(1);
  private static final Duration AT_ONCE = Duration.ofMinutes(1);

  private final Map<String, Duration> byRule;

  RuleWindows(RuleCatalogue rules) {
    this.byRule =
        rules.rules().stream().collect(Collectors.toMap(Rule::name, RuleWindows::windowOf));
  }

  Duration of(String rule) {
    return byRule.get(rule);
  }

  private static Duration windowOf(Rule rule) {
    if (rule instanceof MetricRule metric) {
      return metric.length();
    }
    if (rule instanceof WindowPatternRule pattern) {
      return WindowSize.of(pattern.watched().window()).map(WindowSize::nominal).orElse(DAY);
    }
    if (rule instanceof CustomerPatternRule) {
      return DAY;
    }
    return rule instanceof EventPatternRule pattern ? spanOf(pattern.parameters()) : AT_ONCE;
  }

  private static Duration spanOf(EventPatternParameters parameters) {
    if (parameters instanceof BruteForce.Parameters logins) {
      return logins.within();
    }
    if (parameters instanceof ServiceDown.Parameters heartbeats) {
      return heartbeats.absent();
    }
    if (parameters instanceof ViralContent.Parameters shares) {
      return shares.within();
    }
    return parameters instanceof CampaignOverspend.Parameters ? DAY : AT_ONCE;
  }
}
