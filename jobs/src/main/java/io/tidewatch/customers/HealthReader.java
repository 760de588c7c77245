package io.tidewatch.customers;

import io.tidewatch.config.YamlMap;
import io.tidewatch.config.YamlNode;
import io.tidewatch.customers.HealthSettings.Weights;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;

/** Reads {@code health} of {@code tidewatch.yaml}; what is not given is as shipped. */
public final class HealthReader {

  private static final int BEST_SCORE = 100;
  private static final Duration LONGEST_SCORING = Duration.ofMinutes(15);

  private HealthReader() {}

  public static HealthSettings read(YamlNode node) {
    HealthSettings shipped = HealthSettings.DEFAULT;
    YamlMap map = node.map();
    HealthSettings settings =
        new HealthSettings(
            map.optional("weights").map(HealthReader::weights).orElse(shipped.weights()),
            days(map, "nothing_left_after", shipped.recencyDays()),
            count(map, "features", shipped.adoptedFeatures()),
            count(map, "open_tickets", shipped.openTickets()),
            days(map, "idle_after", shipped.idleDays()),
            scoredWithin(map, shipped.scoredWithin()),
            score(map, "excellent_from", shipped.excellentFrom()),
            score(map, "good_from", shipped.goodFrom()),
            score(map, "at_risk_from", shipped.atRiskFrom()));
    if (settings.excellentFrom() <= settings.goodFrom()
        || settings.goodFrom() <= settings.atRiskFrom()) {
      node.problem("expected at_risk_from below good_from, and that below excellent_from");
    }
    return settings;
  }

  private static Weights weights(YamlNode node) {
    YamlMap map = node.map();
    Weights shipped = Weights.DEFAULT;
    Weights weights =
        new Weights(
            weight(map, "usage", shipped.usage()),
            weight(map, "recency", shipped.recency()),
            weight(map, "adoption", shipped.adoption()),
            weight(map, "payment", shipped.payment()),
            weight(map, "support", shipped.support()));
    if (weights.sum().compareTo(HealthSettings.TOTAL) != 0) {
      node.problem("the weights add up to %s, not to 100".formatted(weights.sum().toPlainString()));
    }
    return weights;
  }

  private static BigDecimal weight(YamlMap map, String key, BigDecimal shipped) {
    Optional<YamlNode> node = map.optional(key);
    BigDecimal weight = node.flatMap(YamlNode::decimal).orElse(shipped);
    if (weight.signum() < 0) {
      node.get().problem("expected 0 or more");
    }
    return weight;
  }

  private static int days(YamlMap map, String key, int shipped) {
    Optional<YamlNode> node = map.optional(key);
    Duration duration = node.flatMap(YamlNode::duration).orElse(Duration.ofDays(shipped));
    int days = Math.toIntExact(duration.toDays());
    if (days < 1 || !duration.equals(Duration.ofDays(days))) {
      node.get().problem("expected whole days, 1d or more");
    }
    return Math.max(1, days);
  }

  private static Duration scoredWithin(YamlMap map, Duration shipped) {
    Optional<YamlNode> node = map.optional("scored_within");
    Duration duration = node.flatMap(YamlNode::duration).orElse(shipped);
    if (duration.isZero() || duration.compareTo(LONGEST_SCORING) > 0) {
      node.get().problem("expected more than 0s and at most 15m, when metrics of scores settle");
      return shipped;
    }
    return duration;
  }

  private static int count(YamlMap map, String key, int shipped) {
    return map.integer(key, 1, Integer.MAX_VALUE).orElse(shipped);
  }

  private static int score(YamlMap map, String key, int shipped) {
    return map.integer(key, 0, BEST_SCORE).orElse(shipped);
  }
}
