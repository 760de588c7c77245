package io.tidewatch.rules;

import io.tidewatch.alert.AlertProfile;
import io.tidewatch.config.YamlMap;
import io.tidewatch.config.YamlNode;
import io.tidewatch.pattern.event.BruteForce;
import io.tidewatch.pattern.event.CampaignOverspend;
import io.tidewatch.pattern.event.EventPatternParameters;
import io.tidewatch.pattern.event.ServiceDown;
import io.tidewatch.pattern.event.ViralContent;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Reads a rule that names a pattern of events, such as {@code brute-force}. */
final class EventPatternReader {

  static final List<String> PATTERNS =
      List.of(BruteForce.NAME, CampaignOverspend.NAME, ServiceDown.NAME, ViralContent.NAME);

  private static final Duration SHORTEST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofDays(1);

  /** Each event of a pattern is kept until it is too long ago. */
  private static final int MOST_EVENTS = 200;

  private static final double MOST_BUDGETS = 100;

  private static final List<String> WHOSE_LOGIN = List.of("user_id", "customer_id", "ip");

  private EventPatternReader() {}

  static Optional<EventPatternRule> read(
      YamlMap map, String pattern, Optional<AlertProfile> profile) {
    Optional<EventPatternParameters> parameters =
        map.required("parameters")
            .map(node -> parameters(pattern, new ParameterReader(node.map())));
    if (profile.isEmpty() || parameters.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(new EventPatternRule(profile.get().withPattern(pattern), parameters.get()));
  }

  private static EventPatternParameters parameters(String pattern, ParameterReader given) {
    return switch (pattern) {
      case BruteForce.NAME ->
          new BruteForce.Parameters(
              given.whole("failures", 10, 2, MOST_EVENTS),
              given.length("within", Duration.ofMinutes(10), SHORTEST, LONGEST),
              whoseLogin(given),
              given.length("quiet", Duration.ofHours(1), SHORTEST, LONGEST));
      case CampaignOverspend.NAME ->
          new CampaignOverspend.Parameters(
              BigDecimal.valueOf(given.number("above_ratio", 1.1, 0.01, MOST_BUDGETS)));
      case ServiceDown.NAME ->
          new ServiceDown.Parameters(
              given.length("absent", Duration.ofMinutes(2), SHORTEST, LONGEST),
              texts(given, "services"),
              texts(given, "except"));
      case ViralContent.NAME ->
          new ViralContent.Parameters(
              given.whole("shares", 50, 2, MOST_EVENTS),
              given.length("within", Duration.ofHours(1), SHORTEST, LONGEST));
      default -> throw new IllegalArgumentException(pattern);
    };
  }

  private static List<String> whoseLogin(ParameterReader given) {
    List<String> keys = texts(given, "of");
    return keys.isEmpty() ? WHOSE_LOGIN : keys;
  }

  private static List<String> texts(ParameterReader given, String key) {
    return given.optional(key).map(YamlNode::strings).orElse(List.of());
  }
}
