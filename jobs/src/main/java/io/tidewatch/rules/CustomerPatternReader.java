package io.tidewatch.rules;

import io.tidewatch.alert.AlertProfile;
import io.tidewatch.config.YamlMap;
import io.tidewatch.pattern.customer.AtRiskTransition;
import io.tidewatch.pattern.customer.ChurnPrecursor;
import io.tidewatch.pattern.customer.CustomerPatternParameters;
import io.tidewatch.pattern.customer.DunningUnrecovered;
import io.tidewatch.pattern.customer.OnboardingStall;
import io.tidewatch.pattern.customer.PaymentFailureStreak;
import io.tidewatch.pattern.customer.TrialGoingCold;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Reads a rule that names a pattern of customers, such as {@code dunning-unrecovered}. It watches
 * every customer and no metric.
 */
final class CustomerPatternReader {

  static final List<String> PATTERNS =
      List.of(
          AtRiskTransition.NAME,
          PaymentFailureStreak.NAME,
          DunningUnrecovered.NAME,
          ChurnPrecursor.NAME,
          OnboardingStall.NAME,
          TrialGoingCold.NAME);

  private static final Duration SHORTEST = Duration.ofMinutes(1);
  private static final Duration LONGEST = Duration.ofDays(90);

  private static final int HEALTHY = 70;
  private static final int CRITICAL = 50;
  private static final int MOST_POINTS = 100;
  private static final int MOST_FAILURES = 20;
  private static final int MOST_TROUBLES = 10;
  private static final int MOST_DAYS = 30;

  private CustomerPatternReader() {}

  static Optional<CustomerPatternRule> read(
      YamlMap map, String pattern, Optional<AlertProfile> profile) {
    Optional<CustomerPatternParameters> parameters =
        map.required("parameters")
            .map(node -> parameters(pattern, new ParameterReader(node.map())));
    if (profile.isEmpty() || parameters.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new CustomerPatternRule(profile.get().withPattern(pattern), parameters.get()));
  }

  private static CustomerPatternParameters parameters(String pattern, ParameterReader given) {
    return switch (pattern) {
      case AtRiskTransition.NAME -> atRisk(given);
      case PaymentFailureStreak.NAME ->
          new PaymentFailureStreak.Parameters(
              given.whole("failures", 3, 2, MOST_FAILURES), within(given, Duration.ofDays(30)));
      case DunningUnrecovered.NAME ->
          new DunningUnrecovered.Parameters(within(given, Duration.ofDays(3)));
      case ChurnPrecursor.NAME ->
          new ChurnPrecursor.Parameters(
              given.whole("troubles", 3, 1, MOST_TROUBLES),
              given.whole("usage_points", 15, 1, MOST_POINTS),
              given.whole("healthy_from", HEALTHY, 1, MOST_POINTS),
              within(given, Duration.ofDays(14)));
      case OnboardingStall.NAME ->
          new OnboardingStall.Parameters(within(given, Duration.ofDays(7)));
      case TrialGoingCold.NAME -> trial(given);
      default -> throw new IllegalArgumentException(pattern);
    };
  }

  private static AtRiskTransition.Parameters atRisk(ParameterReader given) {
    int healthy = given.whole("healthy_from", HEALTHY, 1, MOST_POINTS);
    int critical = given.whole("critical_below", Math.min(CRITICAL, healthy), 1, healthy);
    return new AtRiskTransition.Parameters(healthy, critical, within(given, Duration.ofDays(14)));
  }

  private static TrialGoingCold.Parameters trial(ParameterReader given) {
    int days = given.whole("quiet_days", 3, 1, MOST_DAYS);
    Duration least = Duration.ofDays(days + 2L);
    return new TrialGoingCold.Parameters(
        days, given.length("within", Duration.ofDays(Math.max(30, days + 2L)), least, LONGEST));
  }

  private static Duration within(ParameterReader given, Duration absent) {
    return given.length("within", absent, SHORTEST, LONGEST);
  }
}
